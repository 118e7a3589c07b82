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
    /// <summary>The longest a suspended user still gets through, in seconds: half of it is remembered by Squid, half by the helper.</summary>
    public const int CredentialsTtlSeconds = 30;

    // How long a proved password is remembered decides nothing: the acl asks about the account every few seconds.
    private const int PasswordTtlSeconds = 30;

    private const int Concurrency = 200;

    public static string Render(SquidSettings settings)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        void Value(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

        Value($"# ProxyPortal: who may use this proxy is decided by the portal.");
        string connection = string.Create(CultureInfo.InvariantCulture, $"--url {settings.VerifyUrl} --key-file {settings.KeyFile} --endpoint {settings.EndpointName} --concurrency {Concurrency}");
        Value($"auth_param basic program {settings.HelperPath} basic {connection} --cache-ttl {PasswordTtlSeconds}s --defer-to-acl");
        Line("# Few processes with many channels each; when the portal is away Squid answers 407 instead of ending itself (its default).");
        Value($"auth_param basic children 4 startup=1 idle=1 concurrency={Concurrency} queue-size=1000 on-persistent-overload=ERR");
        Value($"auth_param basic realm {settings.Realm}");
        Line("auth_param basic utf8 on");
        Value($"auth_param basic credentialsttl {PasswordTtlSeconds} seconds");
        Line("authenticate_ttl 5 minutes");
        Line("authenticate_cache_garbage_interval 1 minute");
        Line("# The helper is told the user's address and the port, so that the portal can weigh both.");
        Line("auth_param basic key_extras \"%>a %lp\"");
        Line();
        Value($"# Whoever has signed in may still be expired or suspended: a page says so, and after {CredentialsTtlSeconds} seconds at the latest.");
        Line("# These lines and --defer-to-acl above belong together: without them such users get in.");
        Value($"external_acl_type proxyportal_access ttl={CredentialsTtlSeconds / 2} negative_ttl=5 children-max=2 children-startup=1 concurrency={Concurrency} %ul %>a %lp {settings.HelperPath} acl {connection} --cache-ttl {CredentialsTtlSeconds / 2}s");
        Line("acl proxyportal_user proxy_auth REQUIRED");
        Line("acl proxyportal_allowed external proxyportal_access");
        Line("# Always true and not about a login: a rule that ends with it refuses with 403 and our page, not with one more prompt.");
        Line("acl proxyportal_page src all");
        Line("deny_info ERR_PP_DENIED proxyportal_page");
        Line();
        Line("http_access deny !proxyportal_user");
        Line("http_access deny !proxyportal_allowed proxyportal_page");
        Line("http_access allow proxyportal_user");
        Line("http_access deny all");
        Value($"http_port {settings.Port}");
        return text.ToString();
    }

    /// <summary>The commands that put the caller key where the helper finds it, readable by Squid alone. The key itself is typed, never an argument.</summary>
    public static string RenderKeyCommands(SquidSettings settings) =>
        $"sudo install -m 600 -o proxy -g proxy /dev/null {settings.KeyFile}\nsudo tee {settings.KeyFile} > /dev/null   # paste the key, then Enter and Ctrl+D\n";

    /// <summary>The commands that put the portal's pages where Squid looks for them.</summary>
    /// <param name="portal">Where the portal is reached.</param>
    public static string RenderPageCommands(string portal) =>
        $"""
        sudo install -d /usr/share/squid/errors/de
        for page in {string.Join(' ', SquidErrorPages.Names)}; do
          sudo curl -fsS -o /usr/share/squid/errors/templates/$page {portal}{PortalUrls.SquidErrorPage("en", "$page")}
          sudo curl -fsS -o /usr/share/squid/errors/de/$page {portal}{PortalUrls.SquidErrorPage("de", "$page")}
        done

        """.ReplaceLineEndings("\n");
}
