using ProxyPortal.Tests.Integrations.ForwardAuth;
using ProxyPortal.Tests.Verification;
using Xunit;

namespace ProxyPortal.Tests.Integrations.ExtAuthz;

/// <summary>The wire shape of Envoy's HTTP authorization service and of Apache Traffic Server: the client's own path and query behind ours.</summary>
public sealed class ExtAuthzTests(VerifyFixture fixture) : IClassFixture<VerifyFixture>
{
    private static readonly string Alice = ForwardReply.Basic("alice", VerifyHost.Password);
    private readonly VerifyHost _host = fixture.Host;

    [Theory]
    [InlineData("GET", "/auth/ext-authz/")]
    [InlineData("GET", "/auth/ext-authz/search?q=1&ok=204&deny=401&endpoint=other&from=authorization")]
    [InlineData("POST", "/auth/ext-authz/a//b/%20/index.html?next=/../x")]
    [InlineData("PROPFIND", "/auth/ext-authz/...")]
    [InlineData("HEAD", "/auth/ext-authz/x?password=canary")]
    public async Task ExtAuthz_AnyPathAndQuery_Is200Or407(string method, string target)
    {
        string[] envoy = [$"X-Caller-Key: {VerifyHost.CallerKey}", "Content-Length: 0", "Authorization: Basic b3JpZ2luOnB3"];
        ForwardReply right = await ForwardReply.SendAsync(_host, method, target, "", [.. envoy, $"Proxy-Authorization: {Alice}"]);
        ForwardReply wrong = await ForwardReply.SendAsync(_host, method, target, "", [.. envoy, $"Proxy-Authorization: {ForwardReply.Basic("alice", "canary wrong")}"]);
        ForwardReply none = await ForwardReply.SendAsync(_host, method, target, "", envoy);
        Assert.Equal((200, 407, 407), (right.Status, wrong.Status, none.Status));
        Assert.Equal(("alice", "proxy-authorization"), (right["X-Portal-User"], right["x-envoy-auth-headers-to-remove"]));
        Assert.Equal("Basic realm=\"Example\", charset=\"UTF-8\"", none["Proxy-Authenticate"]);
        await _host.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("/auth/ext-authz/../forward")]
    [InlineData("/auth/ext-authz/a/%2e%2e/b")]
    [InlineData("/auth/ext-authz/..%5C..%5Capi/v1/verify")]
    public async Task ExtAuthz_DotSegments_Are400(string target) =>
        Assert.Equal(400, (await ForwardReply.AskAsync(_host, target, $"Proxy-Authorization: {Alice}")).Status);

    [Fact]
    public async Task ExtAuthz_CallerWithoutASingleEndpoint_OffersWhatAllOfThemOffer()
    {
        await _host.AddProxyAsync("ext-two", "canary-ext-two-0123456789-0123456789", "ext-one", "ext-other");
        Assert.Equal(200, (await ForwardReply.SendAsync(_host, "GET", "/auth/ext-authz/", "", "X-Caller-Key: canary-ext-two-0123456789-0123456789", $"Proxy-Authorization: {Alice}")).Status);
        await _host.SaveAsync(db => db.ProxyEndpoints.Single(endpoint => endpoint.Name == "ext-one").Schemes = Core.Http.AuthSchemes.Digest);
        Assert.Equal(403, (await ForwardReply.SendAsync(_host, "GET", "/auth/ext-authz/", "", "X-Caller-Key: canary-ext-two-0123456789-0123456789", $"Proxy-Authorization: {Alice}")).Status);
    }
}
