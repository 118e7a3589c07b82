using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Firefox: manual settings have no word for TLS to the proxy, PAC files do.</summary>
internal static class FirefoxGuide
{
    internal static ClientGuide Guide { get; } = new()
    {
        Id = "firefox",
        Name = "Firefox",
        Group = ClientGroup.Browsers,
        Syntax = ClientSyntax.Json,
        FileName = "/etc/firefox/policies/policies.json",
        Schemes = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Negotiate | AuthSchemes.Ntlm,
        Transports = Reach.WithoutTls,
        Traits = ClientTraits.AsksForSecret | ClientTraits.PicksStrongest | ClientTraits.NeverSignsInToSocks | ClientTraits.TlsOnlyByPac,
        Text = setting => JsonText.Indented(json =>
        {
            json.WriteStartObject("policies");
            json.WriteStartObject("Proxy");
            if (setting.PacUrl is Uri pac)
            {
                json.WriteString("Mode", "autoConfig");
                json.WriteString("AutoConfigURL", pac.AbsoluteUri);
            }
            else
            {
                json.WriteString("Mode", "manual");
                if (setting.Address.Transport is ProxyTransport.Socks5)
                {
                    json.WriteString("SOCKSProxy", $"{setting.Address}");
                    json.WriteNumber("SOCKSVersion", 5);
                    json.WriteBoolean("UseProxyForDNS", true);
                }
                else
                {
                    json.WriteString("HTTPProxy", $"{setting.Address}");
                    json.WriteBoolean("UseHTTPProxyForAllProtocols", true);
                }
                json.WriteString("Passthrough", string.Join(", ", setting.BypassDotted));
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }),
    };
}
