using System.Text.Json;
using ProxyPortal.EndToEndTests.Processes;
using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>The whole chain, started once: portal with a bootstrap file, Squid with the documented configuration, an origin behind it.</summary>
public sealed class ProxyChain : IAsyncLifetime
{
    public const string Password = "an honest passphrase";
    public const string DeviceSecret = "pp-device-secret-of-the-tests-0123456789";
    private static readonly string[] Basic = ["Basic"];
    public const string CallerKey = "pp-caller-key-of-the-tests-0123456789";
    private readonly HelperBinary _helper = new();
    private PortalProcess? _portal;
    private SquidProcess? _squid;

    /// <summary>Passwords that clients and helpers have been known to break on, by the user who has them.</summary>
    public static IReadOnlyDictionary<string, string> OddPasswords { get; } = new Dictionary<string, string>
    {
        ["spaces"] = "several words with  two blanks ",
        ["colons"] = "with:colons:inside:it",
        ["percents"] = "100%25 %s %zz %20 sure",
        ["pluses"] = "one+one+one+one=four",
        ["quotes"] = "say \"hello\" 'there' \\ back",
        ["emoji"] = "horse 🐎 battery 🔋 staple 📎",
        ["long64"] = string.Concat(Enumerable.Repeat("aäb🙂ßé日本", 8)),
    };

    internal PortalProcess Portal => _portal!;

    internal SquidProcess Squid => _squid!;

    internal OriginServer Origin { get; } = new();

    public async ValueTask InitializeAsync()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await _helper.InitializeAsync();
        _portal = await PortalProcess.StartAsync(cancellationToken, Bootstrap());
        _squid = await SquidProcess.StartAsync(DocumentedConfiguration.Read(_portal.VerifyUrl, Loopback.FreePort()), _helper.Path, CallerKey, _portal.Url, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_squid is not null)
            await _squid.DisposeAsync();
        if (_portal is not null)
            await _portal.DisposeAsync();
        Origin.Dispose();
    }

    internal Task<CurlAnswer> GetAsync(string? login, string? password, bool tunnel = false) =>
        Curl.GetAsync(Squid.Port, Origin.Url, login is null ? null : (login, password!), tunnel, TestContext.Current.CancellationToken);

    private static string Bootstrap() => JsonSerializer.Serialize(new
    {
        proxies = new[]
        {
            new { name = "hq-squid", realm = "Example proxy", callerKey = CallerKey, endpoints = new[] { new { name = "hq", host = "proxy.example.test", port = 3128, schemes = Basic } } },
        },
        users = OddPasswords.Select(odd => (object)new { userId = odd.Key, password = odd.Value })
            .Append(new { userId = "alice", password = Password, devices = new[] { new { name = "laptop", secret = DeviceSecret } } })
            .Append(new { userId = "ended", password = Password, validFrom = "2020-01-01T00:00:00Z", validUntil = "2021-01-01T00:00:00Z" })
            .Concat(Enumerable.Range(0, ClientsAtOnce).Select(i => (object)new { userId = $"crowd{i}", devices = new[] { new { name = "d", secret = CrowdSecret(i) } } })),
    });

    public const int ClientsAtOnce = 200;

    public static string CrowdSecret(int i) => $"crowd-secret-{i:D4}-0123456789-0123456789";
}
