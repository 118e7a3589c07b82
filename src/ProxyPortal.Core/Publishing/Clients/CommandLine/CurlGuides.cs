using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>curl on the command line and in its file; both say the same options.</summary>
internal static class CurlGuides
{
    private const AuthSchemes Spoken = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Negotiate | AuthSchemes.Ntlm;

    internal static ClientGuide Command { get; } = new()
    {
        Id = "curl",
        Name = "curl",
        Group = ClientGroup.CommandLine,
        Syntax = ClientSyntax.Shell,
        Schemes = Spoken,
        Transports = Reach.Any,
        Traits = ClientTraits.SecretOnCommandLine,
        Text = setting => $"curl {string.Join(' ', Options(setting).Select(Argument))} 'https://example.com/'\n",
    };

    internal static ClientGuide File { get; } = new()
    {
        Id = "curlrc",
        Name = ".curlrc",
        Group = ClientGroup.CommandLine,
        Syntax = ClientSyntax.Ini,
        FileName = "~/.curlrc",
        Schemes = Spoken,
        Transports = Reach.Any,
        Text = setting => string.Concat(Options(setting).Select(option =>
            option.Value is string value ? $"{option.Name} = {BackslashQuote.Of(value)}\n" : $"{option.Name}\n")),
    };

    private static string Argument((string Name, string? Value) option) =>
        option.Value is string value ? $"--{option.Name} {ShellQuote.Of(value)}" : $"--{option.Name}";

    // curl decodes percent escapes in proxy-user, unlike in user.
    private static IEnumerable<(string Name, string? Value)> Options(ClientSetting setting)
    {
        yield return ("proxy", setting.Url());
        AuthSchemes scheme = setting.Address.Transport is ProxyTransport.Socks5 ? AuthSchemes.None : setting.Chosen(Spoken);
        // The ticket knows who asks; the colon only switches signing in on.
        yield return ("proxy-user", scheme is AuthSchemes.Negotiate ? ":" : setting.UserInfo);
        if (scheme is AuthSchemes.Basic or AuthSchemes.Digest or AuthSchemes.Negotiate or AuthSchemes.Ntlm)
            yield return ($"proxy-{AuthScheme.Names(scheme).Single().ToLowerInvariant()}", null);
        if (setting.Bypass.Count > 0)
            yield return ("noproxy", string.Join(',', setting.BypassDotted));
    }
}
