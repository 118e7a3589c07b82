namespace ProxyPortal.Core.Http;

/// <summary>Authentication schemes (RFC 9110 §11.1) that an endpoint may offer. Names compare without case.</summary>
[Flags]
public enum AuthSchemes
{
    None = 0,
    Basic = 1,
    Digest = 2,
    Negotiate = 4,
    Ntlm = 8,
    Bearer = 16,
}

/// <summary>The registered spelling of each scheme and back.</summary>
public static class AuthScheme
{
    // An array, because going through a list by its interface costs an object for every request.
    private static readonly (AuthSchemes Scheme, string Name)[] Registered =
    [
        (AuthSchemes.Basic, "Basic"), (AuthSchemes.Digest, "Digest"), (AuthSchemes.Negotiate, "Negotiate"),
        (AuthSchemes.Ntlm, "NTLM"), (AuthSchemes.Bearer, "Bearer"),
    ];

    /// <summary>Every scheme with its registered name, in the order in which people read them.</summary>
    public static IReadOnlyList<(AuthSchemes Scheme, string Name)> All => Registered;

    /// <summary>What the engine can verify today. Others may be named, never allowed.</summary>
    public const AuthSchemes Verifiable = AuthSchemes.Basic;

    public static bool TryParse(ReadOnlySpan<char> name, out AuthSchemes scheme)
    {
        foreach ((AuthSchemes candidate, string registered) in Registered)
        {
            if (name.Equals(registered, StringComparison.OrdinalIgnoreCase))
            {
                scheme = candidate;
                return true;
            }
        }
        scheme = AuthSchemes.None;
        return false;
    }

    /// <summary>The registered names of the schemes in <paramref name="schemes"/>.</summary>
    public static IEnumerable<string> Names(AuthSchemes schemes) => All.Where(entry => schemes.HasFlag(entry.Scheme)).Select(entry => entry.Name);

    /// <summary>The registered names of the schemes in <paramref name="schemes"/> in the order of the challenges: those that <paramref name="order"/>
    /// names first, the others behind them as registered.</summary>
    public static IEnumerable<string> InOrder(AuthSchemes schemes, IReadOnlyList<string> order)
    {
        List<string> names = [.. Names(schemes)];
        return order.Where(names.Contains).Distinct(StringComparer.Ordinal).Concat(names.Except(order, StringComparer.Ordinal));
    }

    /// <summary>As <see cref="InOrder"/>, the schemes themselves.</summary>
    public static AuthSchemes[] Split(AuthSchemes schemes, IReadOnlyList<string> order) =>
        [.. InOrder(schemes, order).Select(name => All.First(entry => entry.Name == name).Scheme)];
}
