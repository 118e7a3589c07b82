using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Visual Studio Code and its extensions.</summary>
internal static class VsCodeGuide
{
    internal static ClientGuide Guide { get; } = new()
    {
        Id = "vscode",
        Name = "Visual Studio Code",
        Group = ClientGroup.BuildTools,
        Syntax = ClientSyntax.JsonWithComments,
        FileName = "settings.json",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.WithoutSocks,
        Text = setting => JsonText.Indented(json =>
        {
            json.WriteString("http.proxy", setting.UrlWithSecret());
            json.WriteString("http.proxySupport", "override");
            json.WriteStartArray("http.noProxy");
            foreach (string host in setting.BypassDotted)
                json.WriteStringValue(host);
            json.WriteEndArray();
        }),
    };
}
