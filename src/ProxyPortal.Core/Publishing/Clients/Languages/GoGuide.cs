using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Go: http.ProxyFromEnvironment, which every default client uses. Go never answers a 407, it sends Basic at once.</summary>
internal static class GoGuide
{
    internal static ClientGuide Guide { get; } = new()
    {
        Id = "go",
        Name = "Go",
        Group = ClientGroup.Languages,
        Syntax = ClientSyntax.Shell,
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Text = setting =>
        {
            string url = ShellQuote.Of(setting.UrlWithSecret(socks: "socks5"));
            string bypass = setting.Bypass.Count > 0 ? $"export NO_PROXY={ShellQuote.Of(string.Join(',', setting.BypassDotted))}\n" : "";
            return $"export HTTP_PROXY={url}\nexport HTTPS_PROXY={url}\n{bypass}";
        },
    };
}
