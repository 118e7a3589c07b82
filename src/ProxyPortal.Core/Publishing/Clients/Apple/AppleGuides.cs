using System.Security.Cryptography;
using System.Text;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>macOS and iOS. The system keeps the secret, and speaks no TLS to a proxy.</summary>
internal static class AppleGuides
{
    private const AuthSchemes Spoken = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Negotiate | AuthSchemes.Ntlm;

    internal static ClientGuide NetworkSetup { get; } = new()
    {
        Id = "networksetup",
        Name = "macOS (networksetup)",
        Group = ClientGroup.Apple,
        Syntax = ClientSyntax.Shell,
        Schemes = Spoken,
        Transports = Reach.WithoutTls,
        Traits = ClientTraits.SecretOnCommandLine | ClientTraits.PicksStrongest,
        Text = WriteNetworkSetup,
    };

    internal static ClientGuide Profile { get; } = new()
    {
        Id = "mobileconfig",
        Name = "Apple configuration profile",
        Group = ClientGroup.Apple,
        Syntax = ClientSyntax.PropertyList,
        FileName = "proxy.mobileconfig",
        Schemes = Spoken,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.PicksStrongest,
        Text = WriteProfile,
    };

    internal static ClientGuide Phone { get; } = new()
    {
        Id = "ios",
        Name = "iOS, iPadOS",
        Group = ClientGroup.Apple,
        Syntax = ClientSyntax.Steps,
        Schemes = Spoken,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.PicksStrongest,
        Walk = static setting =>
        [
            $"Open Settings, Wi-Fi, and tap the information button next to the network.",
            $"Tap Configure Proxy, then Manual.",
            $"Type {setting.Address.Host} as the server and {setting.Address.Port} as the port.",
            $"Switch Authentication on, and type {setting.ShownLogin} as the username and {setting.ShownSecret} as the password.",
            $"Tap Save.",
        ],
    };

    private static Result<string> WriteNetworkSetup(ClientSetting setting)
    {
        string[] kinds = setting.Address.Transport is ProxyTransport.Socks5 ? ["socksfirewallproxy"] : ["webproxy", "securewebproxy"];
        string commands = string.Concat(kinds.Select(kind => $"networksetup -set{kind} 'Wi-Fi' {ShellQuote.Of(setting.Address.Host)} {setting.Address.Port} on "
            + $"{ShellQuote.Of(setting.ShownLogin)} {ShellQuote.Of(setting.ShownSecret)}\n"));
        return setting.Bypass.Count == 0 ? commands
            : $"{commands}networksetup -setproxybypassdomains 'Wi-Fi' {string.Join(' ', setting.BypassStarred.Select(ShellQuote.Of))}\n";
    }

    // Phones take the payload under supervision only, Macs always. A profile has no list of exceptions.
    private static Result<string> WriteProfile(ClientSetting setting)
    {
        string id = $"proxyportal.{setting.Address.Host.Replace(':', '-')}.{setting.Address.Port}";
        string description = setting.Login is null || setting.Secret is null
            ? $"Put your own login and secret in the place of {ClientSetting.LoginPlaceholder} and {ClientSetting.SecretPlaceholder} before you install this."
            : $"Sends everything through the proxy {setting.Address}.";
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>
              <key>PayloadType</key><string>Configuration</string>
              <key>PayloadVersion</key><integer>1</integer>
              <key>PayloadIdentifier</key><string>{XmlText.Of(id)}</string>
              <key>PayloadUUID</key><string>{Uuid(id)}</string>
              <key>PayloadDisplayName</key><string>{XmlText.Of($"{setting.Address}")}</string>
              <key>PayloadDescription</key><string>{XmlText.Of(description)}</string>
              <key>PayloadContent</key>
              <array>
                <dict>
                  <key>PayloadType</key><string>com.apple.proxy.http.global</string>
                  <key>PayloadVersion</key><integer>1</integer>
                  <key>PayloadIdentifier</key><string>{XmlText.Of($"{id}.http")}</string>
                  <key>PayloadUUID</key><string>{Uuid($"{id}.http")}</string>
                  <key>ProxyType</key><string>Manual</string>
                  <key>ProxyServer</key><string>{XmlText.Of(setting.Address.Host)}</string>
                  <key>ProxyServerPort</key><integer>{setting.Address.Port}</integer>
                  <key>ProxyUsername</key><string>{XmlText.Of(setting.ShownLogin)}</string>
                  <key>ProxyPassword</key><string>{XmlText.Of(setting.ShownSecret)}</string>
                </dict>
              </array>
            </dict>
            </plist>

            """;
    }

    // The same endpoint has the same UUID, so that a new profile replaces the former one.
    private static string Uuid(string name) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)).ToString("D").ToUpperInvariant();
}
