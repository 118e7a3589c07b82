using System.Text;
using ProxyPortal.EndToEndTests.Processes;
using ProxyPortal.EndToEndTests.Squid;
using Xunit;

namespace ProxyPortal.EndToEndTests.ForwardAuth;

/// <summary>What a person at a client sees through real proxies with the configurations of the documentation.</summary>
[Trait("Category", "EndToEnd")]
public sealed class GateTests(ForwardChain chain) : IClassFixture<ForwardChain>
{
    private static readonly (string, string) Laptop = ("alice+laptop", ForwardChain.SecretOf("alice"));

    /// <summary>Every proxy, and CONNECT where it knows that.</summary>
    public static TheoryData<string, bool> Ways => new() { { "haproxy", false }, { "haproxy", true }, { "nginx", false }, { "caddy", false } };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Client_WithoutCredentials_IsAskedForThem(string gate, bool tunnel)
    {
        CurlAnswer answer = await chain.GetAsync(gate, null, "without", tunnel);
        Assert.True(407 == answer.Status, answer.Headers);
        Assert.Contains("Proxy-Authenticate: Basic realm=\"Example proxy\", charset=\"UTF-8\"", answer.Headers, StringComparison.OrdinalIgnoreCase);
        Assert.Null(chain.Seen("without"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Client_WithTheRightSecret_GetsThrough(string gate, bool tunnel)
    {
        Assert.Equal(200, (await chain.GetAsync(gate, Laptop, tunnel: tunnel)).Status);
        Assert.Equal(200, (await chain.GetAsync(gate, (ForwardChain.OddUser + "+laptop", ForwardChain.SecretOf(ForwardChain.OddUser)), tunnel: tunnel)).Status);
        Assert.Equal(200, (await chain.GetAsync(gate, ("ALICE", ForwardChain.Password), tunnel: tunnel)).Status);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Client_WithAWrongSecretOrFromElsewhere_IsRefused(string gate, bool tunnel)
    {
        Assert.Equal(407, (await chain.GetAsync(gate, ("alice+laptop", "not the secret"), "wrong", tunnel)).Status);
        Assert.Equal(407, (await chain.GetAsync(gate, ("far+laptop", ForwardChain.SecretOf("far")), "wrong", tunnel)).Status);
        Assert.Null(chain.Seen("wrong"));
    }

    // Only from 192.0.2.0/24 may this user come: an address of the client's own making would open the door.
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Client_ThatSendsOurOwnHeaders_IsNotBelieved(string gate, bool tunnel)
    {
        string alice = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"alice+laptop:{ForwardChain.SecretOf("alice")}"));
        string mark = $"spoofed-{gate}-{tunnel}";
        string[] spoofed = ["X-Forwarded-For: 192.0.2.1", "X-Real-IP: 192.0.2.1", "Forwarded: for=192.0.2.1", "X-Caller-Key: guess", "X-Portal-User: root"];
        Assert.Equal(407, (await chain.GetAsync(gate, ("far+laptop", ForwardChain.SecretOf("far")), mark, tunnel, spoofed)).Status);
        Assert.Equal(407, (await chain.GetAsync(gate, null, mark, tunnel, [.. spoofed, $"X-Proxy-Authorization: {alice}", $"Authorization: {alice}"])).Status);
        Assert.Equal(407, (await chain.GetAsync(gate, null, mark + "?ok=204&deny=401&from=authorization", tunnel, $"Authorization: {alice}")).Status);
        Assert.Null(chain.Seen(mark));
        Assert.Equal(200, (await chain.GetAsync(gate, Laptop, mark, tunnel, spoofed)).Status);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Origin_SeesItsOwnHeadersAndNoneOfOurs(string gate, bool tunnel)
    {
        string mark = $"origin-{gate}-{tunnel}?ok=204&q=/a/../b";
        // Through a tunnel, headers behind CONNECT are the origin's own affair.
        string[] ours = tunnel ? [] : ["X-Forwarded-For: 192.0.2.1", "X-Caller-Key: guess", "X-Portal-User: root", "X-Portal-Groups: root", "X-Proxy-Authorization: x"];
        Assert.Equal(200, (await chain.GetAsync(gate, Laptop, mark, tunnel, [.. ours, "Authorization: Basic b2Y6dGhlIG9yaWdpbg=="])).Status);
        string seen = chain.Seen(mark)!;
        Assert.Contains("Authorization: Basic b2Y6dGhlIG9yaWdpbg==", seen, StringComparison.OrdinalIgnoreCase);
        foreach (string hidden in (string[])["Proxy-Authorization", "X-Caller-Key", "X-Portal-", "X-Forwarded-For", ForwardChain.CallerKey])
            Assert.DoesNotContain(hidden, seen, StringComparison.OrdinalIgnoreCase);
    }

    // The portal and the proxy must not read two different ones.
    [Theory]
    [InlineData("haproxy")]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task Client_WithTwoCredentials_DoesNotPass(string gate)
    {
        string alice = "Proxy-Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"alice+laptop:{ForwardChain.SecretOf("alice")}"));
        CurlAnswer answer = await chain.GetAsync(gate, null, "twice", false, alice, "Proxy-Authorization: Basic YTpi");
        Assert.Contains(answer.Status, (int[])[400, 407, 500]);
        Assert.Equal(200, (await chain.GetAsync(gate, null, "once", false, alice)).Status);
        Assert.Null(chain.Seen("twice"));
    }

    [Theory]
    [InlineData("haproxy", 503)]
    [InlineData("nginx", 403)]
    [InlineData("caddy", 403)]
    public async Task Gate_WithAWrongCallerKey_LetsNobodyThroughAndBlamesNoPassword(string name, int status)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await using Gate gate = await Gates.StartAsync(name, chain.Portal.VerifyUrl, "pp-a-key-that-nobody-knows-0123456789", cancellationToken);
        Assert.Equal(status, (await Curl.GetAsync(gate.Port, chain.Origin.Url, Laptop, false, cancellationToken)).Status);
        Assert.Equal(status, (await Curl.GetAsync(gate.Port, chain.Origin.Url, null, false, cancellationToken)).Status);
    }

    // HAProxy itself goes on after an action that broke.
    [Fact]
    public async Task Haproxy_ActionBreaks_LetsNobodyThrough()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string broken = DocumentedText.Read("haproxy/proxyportal.lua", null, ("local answer = core.httpclient()", "error('broken on purpose')\n    local answer = core.httpclient()"));
        await using Gate gate = await Gates.StartHaproxyAsync(broken, chain.Portal.VerifyUrl, ForwardChain.CallerKey, cancellationToken);
        Assert.Equal(503, (await Curl.GetAsync(gate.Port, chain.Origin.Url, Laptop, false, cancellationToken)).Status);
        Assert.Equal(503, (await Curl.GetAsync(gate.Port, chain.Origin.Url, Laptop, true, cancellationToken)).Status);
        Assert.Contains("broken on purpose", gate.Output, StringComparison.Ordinal);
    }

    // None of these proxies remembers an answer: what it takes is the second in which the portal learns of a change made beside it.
    [Fact]
    public async Task Client_WhoseAccessWasEnded_IsRefusedByEveryProxy()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        (string, string) leaver = ("leaver+laptop", ForwardChain.SecretOf("leaver"));
        foreach (string gate in Gates.Names)
            Assert.Equal(200, (await chain.GetAsync(gate, leaver)).Status);
        await chain.Portal.ApplyAsync("""{"users":[{"userId":"leaver","validFrom":"2020-01-01T00:00:00Z","validUntil":"2021-01-01T00:00:00Z"}]}""", cancellationToken);
        while ((await chain.GetAsync("haproxy", leaver)).Status == 200)
            await ServerProcess.NextMomentAsync(cancellationToken);
        foreach (string gate in Gates.Names)
            Assert.Equal(407, (await chain.GetAsync(gate, leaver)).Status);
    }
}
