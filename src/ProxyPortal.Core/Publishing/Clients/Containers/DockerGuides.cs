using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Docker: the daemon pulls images, the client tells containers and builds.</summary>
internal static class DockerGuides
{
    internal static ClientGuide Daemon { get; } = new()
    {
        Id = "docker-daemon",
        Name = "Docker daemon",
        Group = ClientGroup.Containers,
        Syntax = ClientSyntax.Json,
        FileName = "/etc/docker/daemon.json",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Text = setting => JsonText.Indented(json =>
        {
            json.WriteStartObject("proxies");
            json.WriteString("http-proxy", setting.UrlWithSecret(socks: "socks5"));
            json.WriteString("https-proxy", setting.UrlWithSecret(socks: "socks5"));
            if (setting.Bypass.Count > 0)
                json.WriteString("no-proxy", string.Join(',', setting.BypassDotted));
            json.WriteEndObject();
        }),
    };

    internal static ClientGuide Client { get; } = new()
    {
        Id = "docker-client",
        Name = "Docker client",
        Group = ClientGroup.Containers,
        Syntax = ClientSyntax.Json,
        FileName = "~/.docker/config.json",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Traits = ClientTraits.SecretReadableByOthers,
        Text = setting => JsonText.Indented(json =>
        {
            json.WriteStartObject("proxies");
            json.WriteStartObject("default");
            json.WriteString("httpProxy", setting.UrlWithSecret());
            json.WriteString("httpsProxy", setting.UrlWithSecret());
            if (setting.Bypass.Count > 0)
                json.WriteString("noProxy", string.Join(',', setting.BypassDotted));
            json.WriteEndObject();
            json.WriteEndObject();
        }),
    };
}
