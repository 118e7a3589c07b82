using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Maven. One proxy of the protocol http serves https repositories too.</summary>
internal static class MavenGuide
{
    internal static ClientGuide Guide { get; } = new()
    {
        Id = "maven",
        Name = "Maven",
        Group = ClientGroup.BuildTools,
        Syntax = ClientSyntax.Xml,
        FileName = "~/.m2/settings.xml",
        Schemes = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Ntlm,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.PicksStrongest,
        Text = Write,
    };

    private static Result<string> Write(ClientSetting setting)
    {
        if (IsChanged(setting.ShownLogin) || IsChanged(setting.ShownSecret))
            return Unwritable.Because("Maven drops blanks at either end and takes a pair of braces for a variable or an encrypted secret. Choose another secret.");
        return $"""
            <settings xmlns="http://maven.apache.org/SETTINGS/1.0.0">
              <proxies>
                <proxy>
                  <id>proxy</id>
                  <active>true</active>
                  <protocol>http</protocol>
                  <host>{XmlText.Of(setting.Address.Host)}</host>
                  <port>{setting.Address.Port}</port>
                  <username>{XmlText.Of(setting.ShownLogin)}</username>
                  <password>{XmlText.Of(setting.ShownSecret)}</password>
                  <nonProxyHosts>{XmlText.Of(string.Join('|', setting.BypassStarred))}</nonProxyHosts>
                </proxy>
              </proxies>
            </settings>

            """;
    }

    private static bool IsChanged(string text)
    {
        int brace = text.IndexOf('{', StringComparison.Ordinal);
        return text.Trim() != text || brace >= 0 && text.IndexOf('}', brace) >= 0;
    }
}
