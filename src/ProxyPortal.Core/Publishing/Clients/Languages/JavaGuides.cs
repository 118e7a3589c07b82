using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Java: the JDK takes login and secret from code only; libraries and Gradle read them as properties.</summary>
internal static class JavaGuides
{
    // Since Java 8u111 Basic is not sent to open a tunnel unless this list is emptied.
    private const string TunnelFlag = "jdk.http.auth.tunneling.disabledSchemes";
    private static readonly string[] Protocols = ["http", "https"];

    internal static ClientGuide Code { get; } = new()
    {
        Id = "java",
        Name = "Java",
        Group = ClientGroup.Languages,
        Syntax = ClientSyntax.Java,
        Schemes = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Negotiate | AuthSchemes.Ntlm,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.TunnelsNeedFlag | ClientTraits.PicksStrongest,
        Text = WriteCode,
    };

    internal static ClientGuide Properties { get; } = new()
    {
        Id = "java-properties",
        Name = "Java properties",
        Group = ClientGroup.Languages,
        Syntax = ClientSyntax.Properties,
        Schemes = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Ntlm,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.TunnelsNeedFlag | ClientTraits.PicksStrongest,
        Text = setting => WriteProperties(setting, ""),
    };

    internal static ClientGuide Gradle { get; } = new()
    {
        Id = "gradle",
        Name = "Gradle",
        Group = ClientGroup.BuildTools,
        Syntax = ClientSyntax.Properties,
        FileName = "~/.gradle/gradle.properties",
        Schemes = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Ntlm,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.TunnelsNeedFlag | ClientTraits.PicksStrongest,
        Text = setting => WriteProperties(setting, "systemProp."),
    };

    private static string WriteProperties(ClientSetting setting, string prefix)
    {
        string bypass = string.Join('|', setting.BypassStarred);
        IEnumerable<(string Name, string Value)> properties = Protocols.SelectMany(protocol => new[]
        {
            ($"{protocol}.proxyHost", setting.Address.Host),
            ($"{protocol}.proxyPort", $"{setting.Address.Port}"),
            ($"{protocol}.proxyUser", setting.ShownLogin),
            ($"{protocol}.proxyPassword", setting.ShownSecret),
        }).Concat([("http.nonProxyHosts", bypass), (TunnelFlag, "")]);
        return string.Concat(properties.Select(property => $"{prefix}{property.Name}={PropertiesEscape.Of(property.Value)}\n"));
    }

    private static Result<string> WriteCode(ClientSetting setting)
    {
        string host = BackslashQuote.Of(setting.Address.Host);
        string login = BackslashQuote.Of(setting.ShownLogin);
        string secret = BackslashQuote.Of(setting.ShownSecret);
        string bypass = BackslashQuote.Of(string.Join('|', setting.BypassStarred));
        return $$"""
            import java.net.Authenticator;
            import java.net.PasswordAuthentication;

            final class ProxySettings {
                /** Call it before the first connection: some of this is read only once. */
                static void apply() {
                    for (String protocol : new String[] {"http", "https"}) {
                        System.setProperty(protocol + ".proxyHost", {{host}});
                        System.setProperty(protocol + ".proxyPort", "{{setting.Address.Port}}");
                    }
                    System.setProperty("http.nonProxyHosts", {{bypass}});
                    System.setProperty("{{TunnelFlag}}", "");
                    Authenticator.setDefault(new Authenticator() {
                        @Override protected PasswordAuthentication getPasswordAuthentication() {
                            return getRequestorType() == RequestorType.PROXY
                                ? new PasswordAuthentication({{login}}, {{secret}}.toCharArray())
                                : null;
                        }
                    });
                }
            }

            """;
    }
}
