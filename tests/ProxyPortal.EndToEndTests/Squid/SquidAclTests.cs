using System.Text.Json;
using ProxyPortal.EndToEndTests.Processes;
using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>A change in the portal while Squid remembers the password. A chain of its own, because its users are changed.</summary>
[Trait("Category", "EndToEnd")]
public sealed class SquidAclTests : IClassFixture<HelperBinary>, IAsyncDisposable
{
    private const string CallerKey = "pp-caller-key-of-the-tests-0123456789";
    private const string Password = "an honest passphrase";
    private static readonly string[] Basic = ["Basic"];
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private readonly HelperBinary _helper;
    private readonly OriginServer _origin = new();
    private PortalProcess? _portal;
    private SquidProcess? _squid;

    public SquidAclTests(HelperBinary helper) => _helper = helper;

    [Fact]
    public async Task AccountEndsWhileSquidRemembersThePassword_IsRefusedWithinTheBoundAndComesBack()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        _portal = await PortalProcess.StartAsync(cancellationToken, Bootstrap("2099-01-01T00:00:00Z"));
        // The password is remembered for hours: what refuses her then is the acl alone.
        string printed = DocumentedConfiguration.Read(_portal.VerifyUrl, Loopback.FreePort())
            .Replace("credentialsttl 30 seconds", "credentialsttl 2 hours", StringComparison.Ordinal)
            .Replace("--cache-ttl 30s --defer-to-acl", "--cache-ttl 60m --defer-to-acl", StringComparison.Ordinal);
        _squid = await SquidProcess.StartAsync(printed, _helper.Path, CallerKey, _portal.Url, cancellationToken);
        Assert.Equal(200, (await GetAsync()).Status);

        await _portal.ApplyAsync(Bootstrap("2021-01-01T00:00:00Z"), cancellationToken);
        CurlAnswer refused = await UntilAsync(403, cancellationToken);
        Assert.Contains("Your access has ended.", refused.Body, StringComparison.Ordinal);
        Assert.Equal(403, (await GetAsync(tunnel: true)).Status);

        await _portal.ApplyAsync(Bootstrap("2099-01-01T00:00:00Z"), cancellationToken);
        await UntilAsync(200, cancellationToken);
        Assert.Equal(200, (await GetAsync(tunnel: true)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        if (_squid is not null)
            await _squid.DisposeAsync();
        if (_portal is not null)
            await _portal.DisposeAsync();
        _origin.Dispose();
    }

    private Task<CurlAnswer> GetAsync(bool tunnel = false) => Curl.GetAsync(_squid!.Port, _origin.Url, ("alice", Password), tunnel, TestContext.Current.CancellationToken);

    private async Task<CurlAnswer> UntilAsync(int status, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // The bound itself, and what a busy machine may need for the request that finds it.
        patience.CancelAfter(Bound + TimeSpan.FromSeconds(15));
        while (true)
        {
            CurlAnswer answer = await GetAsync();
            if (answer.Status == status)
                return answer;
            await ServerProcess.NextMomentAsync(patience.Token);
        }
    }

    private static string Bootstrap(string validUntil) => JsonSerializer.Serialize(new
    {
        proxies = new[]
        {
            new { name = "hq-squid", realm = "Example proxy", callerKey = CallerKey, endpoints = new[] { new { name = "hq", host = "proxy.example.test", port = 3128, schemes = Basic } } },
        },
        users = new[] { new { userId = "alice", password = Password, validFrom = "2020-01-01T00:00:00Z", validUntil } },
    });
}
