using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;

namespace ProxyPortal.Schemes;

/// <summary>What an administrator should know of a scheme before allowing it.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Name">As registered.</param>
/// <param name="Protects">What travels, and who can read or replay it.</param>
/// <param name="Clients">Who speaks it.</param>
/// <param name="Breaks">What will break, or what it needs.</param>
internal sealed record SchemeWords(AuthSchemes Scheme, string Name, string Protects, string Clients, string Breaks)
{
    /// <summary>In the order of <see cref="AuthScheme.All"/>.</summary>
    public static IReadOnlyList<SchemeWords> All { get; } =
    [
        new(AuthSchemes.Basic, "Basic",
            "User-id and secret travel readable with every request: only TLS to the proxy protects them.",
            "Every browser, command-line tool and library.",
            "Nothing breaks, but without TLS whoever sits between a client and the proxy reads the secret."),
        new(AuthSchemes.Digest, "Digest",
            "Only a digest of the secret travels (RFC 7616), with a number that no answer repeats.",
            "Most browsers and curl; many libraries know MD5 only, and Android and Go's standard library know none.",
            "Needs a digest that is made when the secret is set: everyone has to choose a new password first."),
        new(AuthSchemes.Negotiate, "Negotiate",
            "A Kerberos ticket travels, never the secret (RFC 4559).",
            "Browsers and tools on machines that are joined to the domain, for hosts that their policy names.",
            "A client without a ticket shows a password prompt or falls back to NTLM; phones and guests get no ticket at all."),
        new(AuthSchemes.Ntlm, "NTLM",
            "A challenge and its answer travel; the answer can be cracked offline and relayed to other servers.",
            "Windows clients, and a few others by compatibility.",
            "Deprecated: Windows 11 24H2 and Windows Server 2025 removed NTLMv1, and the rest is to be off by default. Plan without it."),
        new(AuthSchemes.Bearer, "Bearer",
            "A token travels readable with every request; whoever reads it can use it until it ends (RFC 6750).",
            "Programs that set the header themselves; browsers send none to a proxy.",
            "People at a browser cannot get through with this scheme alone."),
    ];

    /// <summary>All of it, to be read beside the choice.</summary>
    public string Text => $"{Protects} {Clients} {Breaks}{(IsVerifiable ? "" : " The portal cannot verify it yet, so it cannot be allowed.")}";

    public bool IsVerifiable => AuthScheme.Verifiable.HasFlag(Scheme);

    public static SchemeWords Of(AuthSchemes scheme) => All.Single(words => words.Scheme == scheme);

    /// <summary>What will break, or leak, with <paramref name="schemes"/>, in whole sentences; the most urgent first.</summary>
    /// <param name="schemes">Those that are allowed.</param>
    /// <param name="transport">How clients reach the proxy; null where it differs, as for a group.</param>
    public static IEnumerable<SchemeWarning> WarningsFor(AuthSchemes schemes, ProxyTransport? transport = null)
    {
        bool isClear = transport is { } known && known is not ProxyTransport.Https;
        if (isClear && schemes.HasFlag(AuthSchemes.Basic))
            yield return new("Credentials travel in clear.", "Basic sends user-id and password readable, and this way to the proxy has no TLS: whoever sits between a user and the proxy can read them. Give the proxy a TLS port and choose https here where your clients allow it.");
        if (isClear && schemes.HasFlag(AuthSchemes.Bearer))
            yield return new("Tokens travel in clear.", "Bearer sends the token readable, and this way to the proxy has no TLS: whoever reads it can use it until it ends.");
        if (schemes.HasFlag(AuthSchemes.Ntlm))
            yield return new("NTLM is coming to its end.", Of(AuthSchemes.Ntlm).Breaks);
        if (schemes is AuthSchemes.Negotiate)
            yield return new("Only clients with a ticket get through.", "Phones, guests and machines outside the domain have none. Allow a second scheme for them, or leave them out on purpose.");
        else if (schemes.HasFlag(AuthSchemes.Negotiate))
            yield return new("Clients without a ticket ask for a password.", Of(AuthSchemes.Negotiate).Breaks);
        if (schemes is AuthSchemes.Bearer)
            yield return new("No browser gets through.", Of(AuthSchemes.Bearer).Breaks);
    }
}

/// <summary>A warning about a choice of schemes.</summary>
internal sealed record SchemeWarning(string Title, string Text);
