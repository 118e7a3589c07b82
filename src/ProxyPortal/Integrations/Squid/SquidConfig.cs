using System.Globalization;
using System.Text;

namespace ProxyPortal.Integrations.Squid;

/// <summary>What the generated squid.conf depends on.</summary>
/// <param name="Realm">Realm of the proxy.</param>
/// <param name="EndpointName">Endpoint that this Squid serves.</param>
/// <param name="Port">Port on which it listens.</param>
/// <param name="VerifyUrl">Where the helper reaches the verify listener.</param>
public sealed record SquidSettings(string Realm, string EndpointName, int Port, string VerifyUrl)
{
    public string HelperPath { get; init; } = "/usr/lib/squid/proxyportal-squid-helper";

    public string KeyFile { get; init; } = "/etc/squid/proxyportal.key";
}

/// <summary>
/// The lines an administrator pastes into squid.conf. The end-to-end tests start a real Squid with exactly this text.
/// </summary>
public static class SquidConfig
{
    /// <summary>Seconds for which Squid itself remembers an accepted password: the longest a suspended user still gets through.</summary>
    public const int CredentialsTtlSeconds = 60;

    private const int Concurrency = 200;

    public static string Render(SquidSettings settings)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        void Value(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

        Value($"# ProxyPortal: who may use this proxy is decided by the portal.");
        Value($"auth_param basic program {settings.HelperPath} basic --url {settings.VerifyUrl} --key-file {settings.KeyFile} --endpoint {settings.EndpointName} --concurrency {Concurrency} --cache-ttl {CredentialsTtlSeconds / 2}s");
        Line("# Few processes with many channels each; when the portal is away Squid answers 407 instead of ending itself (its default).");
        Value($"auth_param basic children 4 startup=1 idle=1 concurrency={Concurrency} queue-size=1000 on-persistent-overload=ERR");
        Value($"auth_param basic realm {settings.Realm}");
        Line("auth_param basic utf8 on");
        Value($"# A suspended user is out after {CredentialsTtlSeconds} seconds at the latest; Squid's default would be two hours.");
        Value($"auth_param basic credentialsttl {CredentialsTtlSeconds / 2} seconds");
        Line("authenticate_ttl 5 minutes");
        Line("authenticate_cache_garbage_interval 1 minute");
        Line("# The helper is told the user's address and the port, so that the portal can weigh both.");
        Line("auth_param basic key_extras \"%>a %lp\"");
        Line();
        Line("acl proxyportal_user proxy_auth REQUIRED");
        Line("http_access deny !proxyportal_user");
        Line("http_access allow proxyportal_user");
        Line("http_access deny all");
        Value($"http_port {settings.Port}");
        return text.ToString();
    }

    /// <summary>The commands that put the caller key where the helper finds it, readable by Squid alone. The key itself is typed, never an argument.</summary>
    public static string RenderKeyCommands(SquidSettings settings) =>
        $"sudo install -m 600 -o proxy -g proxy /dev/null {settings.KeyFile}\nsudo tee {settings.KeyFile} > /dev/null   # paste the key, then Enter and Ctrl+D\n";
}
