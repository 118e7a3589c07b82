using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Access;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Groups;
using ProxyPortal.Integrations.ForwardAuth;
using ProxyPortal.Tests.Verification;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Integrations.ForwardAuth;

/// <summary>What a proxy hears at /auth/forward about a user.</summary>
public sealed class ForwardAuthTests(VerifyFixture fixture) : IClassFixture<VerifyFixture>
{
    private const string BasicChallenge = "Basic realm=\"Example\", charset=\"UTF-8\"";
    private static readonly string Alice = ForwardReply.Basic("alice", VerifyHost.Password);
    private readonly VerifyHost _host = fixture.Host;

    [Theory]
    [InlineData("/auth/forward", 200)]
    [InlineData("/auth/forward?", 200)]
    [InlineData("/auth/forward?ok=200", 200)]
    [InlineData("/auth/forward?ok=204&deny=401&endpoint=hq&schemes=Basic", 204)]
    [InlineData("/auth/forward?endpoint=%68Q&schemes=digest,basic", 200)]
    public async Task Forward_RightPassword_IsTheStatusThatWasAskedForAndAnEmptyBody(string target, int status)
    {
        ForwardReply reply = await ForwardReply.AskAsync(_host, target, $"Proxy-Authorization: {Alice}");
        Assert.Equal((status, ""), (reply.Status, reply.Body));
        Assert.Equal(("alice", "private, max-age=60", "proxy-authorization"), (reply["X-Portal-User"], reply["Cache-Control"], reply["x-envoy-auth-headers-to-remove"]));
        Assert.Equal((null, null, null), (reply["X-Portal-Device"], reply["X-Portal-Groups"], reply["Proxy-Authenticate"]));
    }

    [Theory]
    [InlineData("/auth/forward", 407, "Proxy-Authenticate", "WWW-Authenticate")]
    [InlineData("/auth/forward?deny=407&schemes=Basic", 407, "Proxy-Authenticate", "WWW-Authenticate")]
    [InlineData("/auth/forward?deny=401", 401, "WWW-Authenticate", "Proxy-Authenticate")]
    public async Task Forward_WithoutCredentials_AsksForThemAndCountsNothing(string target, int status, string header, string otherHeader)
    {
        long before = Counted();
        int kept = _host.Activity.Rejections().Count;
        ForwardReply reply = await ForwardReply.AskAsync(_host, target);
        Assert.Equal((status, "", BasicChallenge, BasicChallenge, "no-store"), (reply.Status, reply.Body, reply[header], reply["X-Proxy-Authenticate"], reply["Cache-Control"]));
        Assert.Null(reply[otherHeader]);
        Assert.Equal((before, kept), (Counted(), _host.Activity.Rejections().Count));
    }

    [Fact]
    public void Challenges_StandInTheOrderOfTheEndpoint_AndOnlyThoseThatAreOffered()
    {
        const AuthSchemes schemes = AuthSchemes.Basic | AuthSchemes.Digest | AuthSchemes.Bearer;
        var endpoint = new EndpointModel(Guid.Empty, "hq", Guid.Empty, schemes) { InOrder = AuthScheme.Split(schemes, ["Bearer", "Basic"]) };
        var options = new ForwardOptions(200, 407, endpoint, AuthSchemes.Basic | AuthSchemes.Bearer, false);
        Assert.Equal(["Bearer", "Basic"], ForwardAnswer.Challenges(options, scheme => scheme.ToString()).ToArray());
        Assert.Equal(["Basic", "Bearer"], ForwardAnswer.Challenges(options with { Endpoint = null }, scheme => scheme.ToString()).ToArray());
        Assert.Equal(["Basic"], ForwardAnswer.Challenges(options, scheme => scheme is AuthSchemes.Basic ? "Basic" : null).ToArray());
    }

    [Fact]
    public void Verifier_NothingToWeigh_NamesTheTrueReason()
    {
        Verifier verifier = _host.Services.GetRequiredService<Verifier>();
        Question question = _host.Index.Callers.Find(VerifyHost.CallerKey)!.Caller.Asks(TimeProvider.System.GetUtcNow().UtcTicks, AuthSchemes.None, null, null);
        Assert.Equal(
            [RejectionReason.NoCredentials, RejectionReason.HeaderMalformed, RejectionReason.SchemeUnsupported],
            [verifier.NotPresented(question).Decision.Reason, verifier.Unreadable(question).Decision.Reason, verifier.Unsupported(question).Decision.Reason]);
    }

    [Fact]
    public async Task Forward_WrongPasswordAndUnknownUser_LookTheSame()
    {
        ForwardReply wrong = await ForwardReply.AskAsync(_host, "/auth/forward", $"Proxy-Authorization: {ForwardReply.Basic("alice", "canary wrong password")}");
        Assert.Equal((407, BasicChallenge), (wrong.Status, wrong["Proxy-Authenticate"]));
        Assert.Equal(RejectionReason.WrongSecret, _host.Activity.Rejections()[0].Reason);
        ForwardReply unknown = await ForwardReply.AskAsync(_host, "/auth/forward", $"Proxy-Authorization: {ForwardReply.Basic("nobody", "canary wrong password")}");
        Assert.Equal(wrong.Comparable, unknown.Comparable);
        Assert.Equal(RejectionReason.UnknownUser, _host.Activity.Rejections()[0].Reason);
        await _host.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Forward_SuspendedAndResumed_CountsAtTheNextRequest()
    {
        Guid bob = await _host.AddUserAsync("bob");
        UserService users = _host.Services.GetRequiredService<UserService>();
        string header = $"Proxy-Authorization: {ForwardReply.Basic("bob", VerifyHost.Password)}";
        Assert.Equal(200, (await ForwardReply.AskAsync(_host, "/auth/forward", header)).Status);
        Assert.True((await users.SuspendAsync(Actor.Portal, bob, TestContext.Current.CancellationToken)).Succeeded);
        Assert.Equal(407, (await ForwardReply.AskAsync(_host, "/auth/forward", header)).Status);
        Assert.True((await users.ResumeAsync(Actor.Portal, bob, TestContext.Current.CancellationToken)).Succeeded);
        Assert.Equal(200, (await ForwardReply.AskAsync(_host, "/auth/forward", header)).Status);
    }

    [Theory]
    [InlineData("Proxy-Authorization: {alice}", "", 200)]
    [InlineData("X-Proxy-Authorization: {alice}", "", 200)]
    [InlineData("Proxy-Authorization: \r\nX-Proxy-Authorization: {alice}", "", 200)]
    [InlineData("Proxy-Authorization: {wrong}\r\nX-Proxy-Authorization: {alice}", "", 407)]
    [InlineData("Authorization: {alice}", "", 407)]
    [InlineData("Authorization: {wrong}\r\nProxy-Authorization: {alice}", "", 200)]
    [InlineData("Authorization: {alice}", "?from=authorization&deny=401", 200)]
    [InlineData("Proxy-Authorization: {alice}", "?from=authorization&deny=401", 401)]
    [InlineData("X-Proxy-Authorization: {alice}", "?from=authorization&deny=401", 401)]
    [InlineData("X-Forwarded-Authorization: {alice}", "", 407)]
    [InlineData("Cookie: .AspNetCore.Identity.Application=canary", "", 407)]
    public async Task Forward_Credentials_AreReadInTheirPlacesOnly(string lines, string query, int status)
    {
        string filled = lines.Replace("{alice}", Alice, StringComparison.Ordinal).Replace("{wrong}", ForwardReply.Basic("alice", "canary wrong"), StringComparison.Ordinal);
        Assert.Equal(status, (await ForwardReply.AskAsync(_host, "/auth/forward" + query, filled)).Status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    [InlineData("FOO")]
    public async Task Forward_AnyMethod_ReachesIt(string method)
    {
        string key = $"X-Caller-Key: {VerifyHost.CallerKey}";
        ForwardReply without = await ForwardReply.SendAsync(_host, method, "/auth/forward", "", key, "Origin: https://evil.example", "Access-Control-Request-Method: GET");
        ForwardReply with = await ForwardReply.SendAsync(_host, method, "/auth/forward", "", key, $"Proxy-Authorization: {Alice}");
        Assert.Equal((407, "", 200, ""), (without.Status, without.Body, with.Status, with.Body));
        Assert.DoesNotContain(without.Lines, line => line.Name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    // The body is the client's own, for the origin: nothing here may wait for it.
    [Theory]
    [InlineData("Content-Length: 5", "hello")]
    [InlineData("Content-Length: 5", "")]
    [InlineData("Content-Length: 1000000000", "hello")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "zz\r\n")]
    [InlineData("Expect: 100-continue\r\nContent-Length: 5", "")]
    public async Task Forward_BodyOfTheClient_IsNotWaitedFor(string framing, string body)
    {
        ForwardReply reply = await ForwardReply.SendAsync(_host, "POST", "/auth/forward", body, $"X-Caller-Key: {VerifyHost.CallerKey}", $"Proxy-Authorization: {Alice}", framing);
        Assert.Equal((200, ""), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task Forward_NamesThatAreNoPlainText_GoOutEscaped()
    {
        Guid id = await _host.AddUserAsync("j\u00FCrgen");
        await _host.SaveAsync(db => db.Devices.Add(_host.NewDevice(id, "b\u00FCro")));
        await _host.AddGroupAsync(new Group { Name = "Gr\u00F6\u00DFe, 1% \"x\"" }, [id]);
        await _host.AddGroupAsync(new Group { Name = "zz" }, [id]);
        ForwardReply reply = await ForwardReply.AskAsync(_host, "/auth/forward", $"Proxy-Authorization: {ForwardReply.Basic("j\u00FCrgen+b\u00FCro", VerifyHost.DeviceSecret)}");
        Assert.Equal((200, "j%C3%BCrgen", "b%C3%BCro"), (reply.Status, reply["X-Portal-User"], reply["X-Portal-Device"]));
        Assert.Equal(["Gr%C3%B6%C3%9Fe%2C%201%25%20%22x%22", "zz"], reply["X-Portal-Groups"]!.Split(',').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Forward_RealmWithOtherLetters_GoesOutEscapedAndCountsAtTheNextRequest()
    {
        Guid id = await _host.AddProxyAsync("realm", "canary-realm-0123456789-0123456789", "realm-endpoint");
        await _host.SaveAsync(db => db.Proxies.Single(proxy => proxy.Id == id).Realm = "Gr\u00FC\u00DFe");
        ForwardReply reply = await ForwardReply.SendAsync(_host, "GET", "/auth/forward", "", "X-Caller-Key: canary-realm-0123456789-0123456789");
        Assert.Equal((407, "Basic realm=\"Gr%C3%BC%C3%9Fe\", charset=\"UTF-8\""), (reply.Status, reply["Proxy-Authenticate"]));
    }

    [Fact]
    public async Task Forward_EndpointWithoutBasic_IsAFaultOfTheConfiguration()
    {
        await _host.AddProxyAsync("digest", "canary-digest-0123456789-0123456789", "digest-only");
        await _host.SaveAsync(db => db.ProxyEndpoints.Single(endpoint => endpoint.Name == "digest-only").Schemes = AuthSchemes.Digest);
        ForwardReply reply = await ForwardReply.SendAsync(_host, "GET", "/auth/forward", "", "X-Caller-Key: canary-digest-0123456789-0123456789", $"Proxy-Authorization: {Alice}");
        Assert.Equal((403, "schemes_not_offered"), (reply.Status, reply["X-Portal-Error"]));
        ForwardReply narrowed = await ForwardReply.AskAsync(_host, "/auth/forward?schemes=Digest,Bearer", $"Proxy-Authorization: {Alice}");
        Assert.Equal((403, "schemes_not_offered"), (narrowed.Status, narrowed["X-Portal-Error"]));
    }

    private long Counted() => _host.Activity.LastHour().Sum(minute => minute.Accepted + minute.Rejected + minute.Temporary);
}
