using ProxyPortal.Core.Http;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>npm: its file has comments, quotes and <c>${VARIABLE}</c>; a percent-encoded value holds none of them.</summary>
internal static class NpmGuide
{
    internal static ClientGuide Guide { get; } = new()
    {
        Id = "npm",
        Name = "npm",
        Group = ClientGroup.BuildTools,
        Syntax = ClientSyntax.Ini,
        FileName = "~/.npmrc",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Text = setting => $"proxy={setting.UrlWithSecret()}\nhttps-proxy={setting.UrlWithSecret()}\n"
            + (setting.Bypass.Count > 0 ? $"noproxy={string.Join(',', setting.BypassDotted)}\n" : ""),
    };
}
