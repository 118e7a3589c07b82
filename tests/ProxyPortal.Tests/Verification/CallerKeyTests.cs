using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Hosting;
using ProxyPortal.Proxies;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

public sealed class CallerKeyTests(VerifyFixture fixture) : IClassFixture<VerifyFixture>
{
    private readonly VerifyHost _host = fixture.Host;

    [Theory]
    [InlineData("no header", null)]
    [InlineData("empty", "Authorization: \r\n")]
    [InlineData("no key", "Authorization: Bearer\r\n")]
    [InlineData("unknown key", "Authorization: Bearer canary-unknown\r\n")]
    [InlineData("malformed key", "Authorization: Bearer pp_\u0001\r\n")]
    [InlineData("not ASCII", "Authorization: Bearer pp_\u00E9\r\n")]
    [InlineData("other scheme", "Authorization: Basic {key}\r\n")]
    [InlineData("key alone", "Authorization: {key}\r\n")]
    [InlineData("two keys", "Authorization: Bearer {key}, {key}\r\n")]
    [InlineData("two headers", "Authorization: Bearer {key}\r\nAuthorization: Bearer {key}\r\n")]
    [InlineData("key in the wrong case", "Authorization: Bearer {KEY}\r\n")]
    [InlineData("key with a tail", "Authorization: Bearer {key}x\r\n")]
    [InlineData("user session cookie instead of key", "Cookie: .AspNetCore.Identity.Application=canary\r\n")]
    [InlineData("client cert header spoof", "X-Client-Cert: pem\r\n")]
    [InlineData("two keys of our own", "X-Caller-Key: {key}\r\nX-Caller-Key: {key}\r\n")]
    [InlineData("own header with a list", "X-Caller-Key: {key}, {key}\r\n")]
    [InlineData("own header empty", "X-Caller-Key: \r\n")]
    [InlineData("own header with a scheme", "X-Caller-Key: Bearer {key}\r\n")]
    [InlineData("two places", "X-Caller-Key: {key}\r\nAuthorization: Bearer {key}\r\n")]
    [InlineData("proxy header", "Proxy-Authorization: Bearer {key}\r\n")]
    public async Task Verify_NoValidKey_Is401OrA400AndNeverAStatementAboutTheUser(string row, string? header)
    {
        string lines = header?.Replace("{key}", VerifyHost.CallerKey, StringComparison.Ordinal).Replace("{KEY}", VerifyHost.CallerKey.ToUpperInvariant(), StringComparison.Ordinal) ?? "";
        string body = $$"""{"userId":"alice","password":"{{VerifyHost.Password}}"}""";
        string answer = await RawHttp.SendAsync(_host.VerifyPort, $"POST /api/v1/verify HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{lines}\r\n{body}");
        Assert.True(RawHttp.StatusOf(answer) is 401 || (RawHttp.StatusOf(answer) is 400 && row is "malformed key" or "not ASCII"), $"{row}: {answer}");
        if (RawHttp.StatusOf(answer) is 401)
        {
            Assert.Contains("WWW-Authenticate: Bearer", answer, StringComparison.Ordinal);
            Assert.Contains("\"caller_unauthenticated\"", answer, StringComparison.Ordinal);
        }
        await _host.AssertUnharmedAsync();
    }

    // "user session cookie instead of key": a real one, of an administrator who is signed in at this moment.
    [Fact]
    public async Task Verify_CookieOfAnAdministrator_IsNoKey()
    {
        await using PortalHost portal = await PortalHost.StartAsync();
        await portal.AddUserAsync("admin", PortalRole.Administrator, adjust: user => user.RequireSecondFactor = false);
        var cookies = new CookieContainer();
        using HttpClient browser = portal.Browser(cookies);
        (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "admin"), ("password", PortalHost.Password))).Dispose();
        string cookie = cookies.GetCookieHeader(portal.Portal);
        Assert.Contains("pp-session=", cookie, StringComparison.Ordinal);
        string answer = await RawHttp.SendAsync(portal.Get<Listeners>().Verify!.Port, $"POST /api/v1/verify HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: {cookie}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}");
        Assert.Equal(401, RawHttp.StatusOf(answer));
    }

    [Fact]
    public async Task Verify_KeyInItsOwnHeader_IsAsGood()
    {
        string body = $$"""{"userId":"alice","password":"{{VerifyHost.Password}}"}""";
        string answer = await RawHttp.SendAsync(_host.VerifyPort, $"POST /api/v1/verify HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nX-Caller-Key: {VerifyHost.CallerKey}\r\n\r\n{body}");
        Assert.Contains("\"accepted\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_VeryLongKey_Is401() => Assert.Equal(401, (await _host.AskAsync("alice", key: new string('k', 10_000))).Status);

    [Fact]
    public async Task Verify_EndpointOfAnotherProxy_Is403()
    {
        await _host.AddProxyAsync("other", "canary-other-0123456789-0123456789", "other");
        VerifyReply reply = await _host.AskAsync("alice", endpoint: "other");
        Assert.Equal((403, "endpoint_out_of_scope"), (reply.Status, reply.Code));
        Assert.Equal(403, (await _host.AskAsync("alice", endpoint: "nowhere")).Status);
        Assert.Equal(403, (await _host.AskAsync("alice", endpoint: new string('e', 3000))).Status);
        Assert.Equal("accepted", (await _host.AskAsync("alice", endpoint: "HQ")).Result);
    }

    [Fact]
    public async Task Verify_RotatedKey_BothWorkUntilTheOldIsRevokedAndThatCountsAtOnce()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ProxyService proxies = _host.Services.GetRequiredService<ProxyService>();
        Guid id = await _host.AddProxyAsync("rotating", "canary-rotate-0123456789-0123456789", "rotating");
        CallerKeyService keys = _host.Services.GetRequiredService<CallerKeyService>();
        Result<IssuedCallerKey> second = await keys.IssueAsync(Actor.Portal, id, new CallerKeyInput(), cancellation);
        Assert.Equal("too_many_keys", (await keys.IssueAsync(Actor.Portal, id, new CallerKeyInput(), cancellation)).Error!.Code);
        Assert.Equal("accepted", (await _host.AskAsync("alice", key: "canary-rotate-0123456789-0123456789")).Result);
        Assert.Equal("accepted", (await _host.AskAsync("alice", key: second.Value.Key)).Result);

        ProxyDetail proxy = (await proxies.GetAsync(Actor.Portal, id, cancellation)).Value;
        Guid old = proxy.Keys.Single(key => key.Id != second.Value.Id).Id;
        Assert.True((await keys.RevokeAsync(Actor.Portal, id, old, cancellation)).Succeeded);
        Assert.Equal(401, (await _host.AskAsync("alice", key: "canary-rotate-0123456789-0123456789")).Status);
        Assert.Equal("accepted", (await _host.AskAsync("alice", key: second.Value.Key)).Result);

        Assert.True((await proxies.DeleteAsync(Actor.Portal, id, cancellation)).Succeeded);
        Assert.Equal(401, (await _host.AskAsync("alice", key: second.Value.Key)).Status);
    }

    // On HTTP/2 many requests share a connection: what one of them presented must never count for another.
    [Fact]
    public async Task Authenticate_ManyRequestsOfOneConnection_EachGetsItsOwnCaller()
    {
        CallerKeyModel Key(string name) => new(Guid.CreateVersion7(), System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name)), new CallerModel { ProxyId = Guid.CreateVersion7(), Name = name, Endpoints = [] });
        var table = new CallerTable([Key("a"), Key("b")]);
        var connection = new VerifyConnection();
        int wrong = 0;
        await Task.WhenAll(new[] { "a", "b", null }.Select(name => Task.Run(() =>
        {
            for (int i = 0; i < 200_000; i++)
            {
                if (connection.Authenticate(name ?? "unknown", table)?.Caller.Name != name)
                    Interlocked.Increment(ref wrong);
            }
        })));
        Assert.Equal(0, wrong);
    }
}
