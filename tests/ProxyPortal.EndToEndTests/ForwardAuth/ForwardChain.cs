using System.Text.Json;
using ProxyPortal.EndToEndTests.Processes;
using ProxyPortal.EndToEndTests.Squid;
using Xunit;

namespace ProxyPortal.EndToEndTests.ForwardAuth;

/// <summary>A portal, an origin, and between them each proxy that has a documentation page, all started once.</summary>
public sealed class ForwardChain : IAsyncLifetime
{
    public const string CallerKey = "pp-forward-key-of-the-tests-0123456789";
    public const string Password = "an honest passphrase";

    /// <summary>Has a device secret on which careless quoting breaks.</summary>
    public const string OddUser = "odd";
    private static readonly string[] Basic = ["Basic"];
    private static readonly string[] TestNetwork = ["192.0.2.0/24"];
    private static readonly string[] LoopbackNetwork = ["127.0.0.0/8"];
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private PortalProcess? _portal;

    internal PortalProcess Portal => _portal!;

    internal OriginServer Origin { get; } = new();

    internal Gate this[string name] => _gates[name];

    public async ValueTask InitializeAsync()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        _portal = await PortalProcess.StartAsync(cancellationToken, Bootstrap());
        foreach (string name in Gates.Names)
            _gates[name] = await Gates.StartAsync(name, Portal.VerifyUrl, CallerKey, cancellationToken);
        await WarmAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Gate gate in _gates.Values)
            await gate.DisposeAsync();
        if (_portal is not null)
            await _portal.DisposeAsync();
        Origin.Dispose();
    }

    /// <summary>A device's secret: checked without a slow hash.</summary>
    public static string SecretOf(string userId) =>
        userId == OddUser ? "say \"hello\" 'there' \\ 100% one+one: 0123456789" : $"pp-device-secret-of-{userId}-0123456789-0123456789";

    internal Task<CurlAnswer> GetAsync(string gate, (string Login, string Password)? user, string path = "", bool tunnel = false, params string[] headers) =>
        Curl.GetAsync(_gates[gate].Port, new Uri(Origin.Url, path), user, tunnel, TestContext.Current.CancellationToken, headers);

    /// <summary>What the origin saw of the request whose target holds <paramref name="mark"/>; null when it saw none.</summary>
    internal string? Seen(string mark) => Origin.Seen.SingleOrDefault(head => head.Split('\n')[0].Contains(mark, StringComparison.Ordinal));

    // A hash for the first time takes as long as the machine is busy, and the proxies have time limits.
    private async Task WarmAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Portal.VerifyUrl, "/auth/forward"));
            request.Headers.Add("X-Caller-Key", CallerKey);
            request.Headers.Add("X-Forwarded-For", "127.0.0.1");
            request.Headers.Add("Proxy-Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"alice:{Password}")));
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
                return;
            // Only "ask again" is worth asking again for.
            Assert.Equal(503, (int)response.StatusCode);
        }
    }

    private static string Bootstrap() => JsonSerializer.Serialize(new
    {
        groups = new[] { new { name = "elsewhere", networks = TestNetwork }, new { name = "here", networks = LoopbackNetwork } },
        proxies = new[]
        {
            new { name = "forward", realm = "Example proxy", callerKey = CallerKey, endpoints = new[] { new { name = "hq", host = "proxy.example.test", port = 3128, schemes = Basic } } },
        },
        users = new object[] { User("alice", "here", Password), User("far", "elsewhere", null), User("leaver", "here", null), User(OddUser, "here", null) },
    });

    private static object User(string userId, string group, string? password) => password is null
        ? new { userId, groups = (string[])[group], devices = Devices(userId) }
        : new { userId, groups = (string[])[group], password, devices = Devices(userId) };

    private static object[] Devices(string userId) => [new { name = "laptop", secret = SecretOf(userId) }];
}
