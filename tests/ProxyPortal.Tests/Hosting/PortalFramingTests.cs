using ProxyPortal.Access;
using ProxyPortal.Settings;
using ProxyPortal.Tests.Verification;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

/// <summary>A portal whose first run is over, for tests that leave it as they found it.</summary>
public sealed class SetUpPortal : IAsyncLifetime
{
    public PortalHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await PortalHost.StartAsync();
        await Host.Get<SettingsService>().CompleteSetupAsync(Actor.Portal, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>Bytes that no browser sends, at the portal's own listener.</summary>
public sealed class PortalFramingTests(SetUpPortal portal) : IClassFixture<SetUpPortal>
{
    private const string Get = "GET /health/live HTTP/1.1\r\nConnection: close\r\n";

    public static TheoryData<string, string, int[]> Rows => new()
    {
        { "TE + CL", "POST /account/sign-in HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", [400] },
        { "two Content-Length", $"{Get}Host: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", [400] },
        { "obs-fold", $"{Get}Host: localhost\r\nX-A: b\r\n c\r\n\r\n", [400] },
        { "space before colon", $"{Get}Host: localhost\r\nX-A : x\r\n\r\n", [400] },
        { "missing Host", $"{Get}\r\n", [400] },
        { "duplicate Host", $"{Get}Host: localhost\r\nHost: evil.example\r\n\r\n", [400] },
        { "unknown Host", $"{Get}Host: evil.example\r\n\r\n", [400] },
        { "unknown Host with port", $"{Get}Host: evil.example:80\r\n\r\n", [400] },
        { "suffix of a known Host", $"{Get}Host: localhost.evil.example\r\n\r\n", [400] },
        { "userinfo in Host", $"{Get}Host: localhost@evil.example\r\n\r\n", [400] },
        { "empty Host", $"{Get}Host: \r\n\r\n", [400] },
        { "short loopback Host", $"{Get}Host: 127.1\r\n\r\n", [200] },
        { "IPv6 loopback Host", $"{Get}Host: [::1]:80\r\n\r\n", [200] },
        { "own Host", $"{Get}Host: LOCALHOST:5080\r\n\r\n", [200] },
        { "absolute target elsewhere", "GET http://evil.example/health/live HTTP/1.1\r\nConnection: close\r\nHost: evil.example\r\n\r\n", [400] },
        { "absolute target against Host", "GET http://evil.example/health/live HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n", [400] },
        { "request line 9 KB", $"GET /?q={new string('a', 9000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", [414] },
        { "105 headers", $"{Get}Host: localhost\r\n{string.Concat(Enumerable.Range(0, 105).Select(i => $"X-{i}: 1\r\n"))}\r\n", [431] },
        { "HTTP/9.9", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", [505] },
        { "encoded slash", "GET /health%2Flive HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n", [302, 404] },
        { "dot segments out of an open path", "GET /account/sign-in/../../users HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n", [302] },
        { "encoded dot segments", "GET /account/%2e%2e/users HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n", [302] },
        { "bare LF line ends", "GET /health/live HTTP/1.1\nHost: localhost\nConnection: close\n\n", [200] },
        { "non-ASCII header value", $"{Get}Host: localhost\r\nX-A: \u00E9\r\n\r\n", [200, 400] },
        { "no HTTP at all", "\x16\x03\x01\x02\r\n\r\n", [400] },
        { "TRACE", "TRACE /health/live HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n", [302, 401, 405] },
        { "method of another case", "get /health/live HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n", [200, 302, 400, 405] },
        { "id overflow, nobody", "GET /users/99999999999999999999 HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n", [302, 404] },
        { "NUL in the path", "GET /users/%00 HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n", [302, 400, 404] },
        { "UTF-8 that is none", "GET /users/%ff%fe HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n", [302, 400, 404] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Portal_Framing_IsRefusedOrReadTheOneRightWay(string row, string request, int[] allowed)
    {
        string answer = await RawHttp.SendAsync(portal.Host.Portal.Port, request);
        Assert.True(allowed.Contains(RawHttp.StatusOf(answer)), $"{row}: {answer}");
        Assert.True(answer.Split("HTTP/1.1 ").Length <= 2, answer);
        Assert.DoesNotContain("Server:", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("evil.example", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("portal.example.test", 200)]
    [InlineData("192.0.2.10:5080", 200)]
    [InlineData("[2001:db8::1]", 200)]
    [InlineData("localhost", 200)]
    public async Task Host_BeforeTheFirstRun_MustBeTheOneOfTheConfigurationOrAnAddress(string name, int expected)
    {
        await using PortalHost fresh = await PortalHost.StartAsync(false, "--Portal:PublicUrl=https://portal.example.test");
        Assert.Equal(expected, RawHttp.StatusOf(await RawHttp.SendAsync(fresh.Portal.Port, $"{Get}Host: {name}\r\n\r\n")));
    }
}
