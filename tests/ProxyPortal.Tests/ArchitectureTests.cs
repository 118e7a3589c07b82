using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using Xunit;

namespace ProxyPortal.Tests;

/// <summary>What may know what. A line here is cheaper than a review comment every month.</summary>
public sealed class ArchitectureTests
{
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private static readonly Assembly Host = typeof(PortalApp).Assembly;

    // The doors between verification and the database.
    private static readonly string[] Doors = ["DirectoryIndexLoader", "DirectoryScan", "DirectoryFollower", "ChangeCursor", "ActivityWriter"];

    // Public async methods of services that nobody calls on somebody's behalf: start, and what a link or the first run has proved itself.
    private static readonly string[] WithoutActor = ["SettingsService.LoadAsync", "BootstrapService.ApplyFileAsync"];

    [Fact]
    public void Core_References_AreTheBaseClassLibraryOnly() => Assert.All(
        typeof(DecisionEngine).Assembly.GetReferencedAssemblies(),
        reference => Assert.True(reference.Name!.StartsWith("System.", StringComparison.Ordinal) && File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, reference.Name + ".dll")), reference.Name));

    [Fact]
    public void Verification_Types_KnowNeitherDatabaseNorIdentity()
    {
        foreach (Type type in TypesIn("ProxyPortal.Verification").Where(type => !Doors.Contains(Outermost(type).Name)))
        {
            foreach (Type used in UsedBy(type))
            {
                string name = used.Namespace ?? "";
                Assert.False(name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal)
                    || used == typeof(PortalDbContext), $"{type} knows {used}");
            }
        }
    }

    [Fact]
    public void Components_HoldNoDatabaseAndNoHttpContext()
    {
        // Account pages are static: they live as long as their request, not for the hours of a circuit.
        foreach (Type type in TypesIn("ProxyPortal").Where(type => typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type) && !typeof(ProxyPortal.Account.AccountPage).IsAssignableFrom(type)))
        {
            IEnumerable<Type> held = type.GetFields(Everything).Select(field => field.FieldType).Concat(type.GetProperties(Everything).Select(property => property.PropertyType)).SelectMany(Parts);
            Assert.DoesNotContain(held, one => typeof(DbContext).IsAssignableFrom(one) || one.Name.StartsWith("IDbContextFactory", StringComparison.Ordinal) || one == typeof(IHttpContextAccessor));
        }
    }

    [Fact]
    public void Features_DoNotKnowComponents()
    {
        foreach (Type type in TypesIn("ProxyPortal").Where(type => !IsBelow(type, "ProxyPortal.Components") && !IsBelow(type, "ProxyPortal.Hosting")
            && !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(Outermost(type)) && Outermost(type).Name != "Program"))
            // The palette's sources are what a feature offers to it; the words of a feature say in which tone its pages show them.
            Assert.All(UsedBy(type), used => Assert.False(IsBelow(used, "ProxyPortal.Components") && !IsBelow(used, "ProxyPortal.Components.Search") && !IsBelow(used, "ProxyPortal.Components.Theme"), $"{type} knows {used}"));
    }

    // Every way into a service names who acts: without, nobody could be refused and nothing attributed. In Account, who acts is what is
    // being found out.
    [Fact]
    public void Services_PublicAsyncMethods_TakeAnActor()
    {
        foreach (MethodInfo method in TypesIn("ProxyPortal").Where(type => type.IsClass && !IsBelow(type, "ProxyPortal.Account") && type.Name.EndsWith("Service", StringComparison.Ordinal) && !typeof(Microsoft.Extensions.Hosting.IHostedService).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)).Where(method => typeof(Task).IsAssignableFrom(method.ReturnType)))
        {
            if (!WithoutActor.Contains($"{method.DeclaringType!.Name}.{method.Name}"))
                Assert.True(method.GetParameters().FirstOrDefault()?.ParameterType == typeof(Actor), $"{method.DeclaringType.Name}.{method.Name}");
        }
    }

    [Fact]
    public void SquidHelper_Project_DoesNotReferenceTheHost()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "ProxyPortal.sln")))
            root = Path.GetDirectoryName(root);
        string project = File.ReadAllText(Path.Combine(root!, "src", "ProxyPortal.SquidHelper", "ProxyPortal.SquidHelper.csproj"));
        Assert.DoesNotContain("ProxyPortal.csproj", project, StringComparison.Ordinal);
    }

    private static IEnumerable<Type> TypesIn(string space) => Host.GetTypes().Where(type => IsBelow(type, space));

    private static bool IsBelow(Type type, string space) => type.Namespace is { } own && (own == space || own.StartsWith(space + ".", StringComparison.Ordinal));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>Every type named in fields, signatures, local variables and method bodies.</summary>
    private static HashSet<Type> UsedBy(Type type)
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

    private static IEnumerable<Type> Parts(Type type)
    {
        yield return type;
        foreach (Type part in (type.HasElementType ? [type.GetElementType()!] : type.GetGenericArguments()).SelectMany(Parts))
            yield return part;
    }
}
