using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>git: the scheme is named, because left to itself git tries a ticket first and does not come back.</summary>
internal static class GitGuide
{
    private const AuthSchemes Spoken = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Negotiate | AuthSchemes.Ntlm;

    internal static ClientGuide Guide { get; } = new()
    {
        Id = "git",
        Name = "Git",
        Group = ClientGroup.CommandLine,
        Syntax = ClientSyntax.Ini,
        FileName = "~/.gitconfig",
        Schemes = Spoken,
        Transports = Reach.Any,
        Text = Write,
    };

    private static Result<string> Write(ClientSetting setting)
    {
        // git decodes the URL, and libcurl 7 decodes once more what git hands to it; libcurl 8 does not. No spelling suits both.
        if (LooksEncoded(setting.ShownLogin) || LooksEncoded(setting.ShownSecret))
            return Unwritable.Because("Some versions of Git decode a percent sign with two hexadecimal digits twice. Choose another secret for Git.");
        AuthSchemes scheme = setting.Address.Transport is ProxyTransport.Socks5 ? AuthSchemes.None : setting.Chosen(Spoken);
        string method = scheme is AuthSchemes.None ? "" : $"\tproxyAuthMethod = {AuthScheme.Names(scheme).Single().ToLowerInvariant()}\n";
        // The file has no list of exceptions; git takes them from a variable.
        string bypass = setting.Bypass.Count > 0 ? $"# Without the proxy: set the variable no_proxy to {string.Join(',', setting.BypassDotted)}\n" : "";
        return $"{bypass}[http]\n\tproxy = {BackslashQuote.Of(setting.UrlWithSecret())}\n{method}";
    }

    private static bool LooksEncoded(string text)
    {
        for (int i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] == '%' && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
                return true;
        }
        return false;
    }
}
