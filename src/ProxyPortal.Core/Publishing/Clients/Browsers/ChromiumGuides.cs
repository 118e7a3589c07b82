using System.Text.Json;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Chrome and Edge: the same policy in two places, as a file and as a registry value that holds JSON.</summary>
internal static class ChromiumGuides
{
    internal static ClientGuide ChromeJson { get; } = File("chrome", "Chrome", "/etc/opt/chrome/policies/managed/proxy.json");

    internal static ClientGuide ChromeRegistry { get; } = Registry("chrome-registry", "Chrome (registry)", @"Google\Chrome");

    internal static ClientGuide EdgeJson { get; } = File("edge", "Edge", "/etc/opt/edge/policies/managed/proxy.json");

    internal static ClientGuide EdgeRegistry { get; } = Registry("edge-registry", "Edge (registry)", @"Microsoft\Edge");

    private static ClientGuide File(string id, string name, string path) => Guide(id, name, path, ClientSyntax.Json, setting => JsonText.Indented(json =>
    {
        json.WriteStartObject("ProxySettings");
        WriteMembers(json, setting);
        json.WriteEndObject();
    }));

    private static ClientGuide Registry(string id, string name, string vendor) => Guide(id, name, $"{id}.reg", ClientSyntax.Registry, setting =>
        RegistryFile.Write(($@"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\{vendor}",
            [("ProxySettings", JsonText.OnOneLine(json => WriteMembers(json, setting)), 0)])));

    private static ClientGuide Guide(string id, string name, string file, ClientSyntax syntax, Func<ClientSetting, Result<string>> text) => new()
    {
        Id = id,
        Name = name,
        Group = ClientGroup.Browsers,
        Syntax = syntax,
        FileName = file,
        Schemes = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Negotiate | AuthSchemes.Ntlm,
        Transports = Reach.Any,
        Traits = ClientTraits.AsksForSecret | ClientTraits.PicksStrongest | ClientTraits.NeverSignsInToSocks,
        Text = text,
    };

    private static void WriteMembers(Utf8JsonWriter json, ClientSetting setting)
    {
        if (setting.PacUrl is Uri pac)
        {
            json.WriteString("ProxyMode", "pac_script");
            json.WriteString("ProxyPacUrl", pac.AbsoluteUri);
            return;
        }
        json.WriteString("ProxyMode", "fixed_servers");
        json.WriteString("ProxyServer", setting.Url(socks: "socks5"));
        if (setting.Bypass.Count > 0)
            json.WriteString("ProxyBypassList", string.Join(',', setting.BypassDotted));
    }
}
