using System.Reflection;

namespace ProxyPortal.Tests;

/// <summary>Reads from compiled code which types a type uses.</summary>
internal static class TypeUse
{
    public const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Every type named in fields, signatures, local variables and method bodies.</summary>
    public static HashSet<Type> UsedBy(Type type)
    {
        var used = new HashSet<Type>();
        foreach (Type one in type.GetFields(Everything).Select(field => field.FieldType).Concat(type.GetInterfaces()).Append(type.BaseType ?? type))
            used.UnionWith(Parts(one));
        foreach (MethodBase method in type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything)))
        {
            foreach (ParameterInfo parameter in method.GetParameters())
                used.UnionWith(Parts(parameter.ParameterType));
            if (method is MethodInfo { ReturnType: var result })
                used.UnionWith(Parts(result));
            if (method.GetMethodBody() is not { } body)
                continue;
            foreach (LocalVariableInfo local in body.LocalVariables)
                used.UnionWith(Parts(local.LocalType));
            used.UnionWith(Called(method, body.GetILAsByteArray()!));
        }
        return used;
    }

    // Calls and loads carry a metadata token in the four bytes behind their code. Reading at every position finds all of them, and what
    // is found by chance is a type of a token that exists, which does not matter unless it is a forbidden one.
    private static IEnumerable<Type> Called(MethodBase method, byte[] il)
    {
        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int i = 0; i + 5 <= il.Length; i++)
        {
            if (il[i] is not (0x28 or 0x6F or 0x73 or 0x7B or 0x7E or 0xD0 or 0x74 or 0x75))
                continue;
            MemberInfo? member = null;
            try
            {
                member = method.Module.ResolveMember(BitConverter.ToInt32(il, i + 1), ofType, ofMethod);
            }
            catch (Exception exception) when (exception is ArgumentException or BadImageFormatException)
            {
                continue;
            }
            if (member is Type type)
                yield return type;
            if (member?.DeclaringType is { } owner)
                yield return owner;
        }
    }

    /// <summary>The type, and those it is made of.</summary>
    public static IEnumerable<Type> Parts(Type type)
    {
        yield return type;
        foreach (Type part in (type.HasElementType ? [type.GetElementType()!] : type.GetGenericArguments()).SelectMany(Parts))
            yield return part;
    }

    /// <summary>Whether <paramref name="from"/>, what it inherits, or what these use in the same assembly uses <paramref name="wanted"/>.</summary>
    public static bool Reaches(Type from, Type wanted)
    {
        var seen = new HashSet<Type> { from };
        var next = new Queue<Type>(seen);
        while (next.TryDequeue(out Type? type))
        {
            if (type == wanted)
                return true;
            // The code of async methods and of lambdas is in nested types.
            foreach (Type used in UsedBy(type).Concat(type.GetNestedTypes(Everything)).Select(used => used.IsGenericType ? used.GetGenericTypeDefinition() : used))
            {
                if (used.Assembly == from.Assembly && seen.Add(used))
                    next.Enqueue(used);
            }
        }
        return false;
    }
}
