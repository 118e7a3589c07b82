using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProxyPortal.Access;
using ProxyPortal.Settings;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>Bytes that no decent client sends, and the wall between the two listeners.</summary>
public sealed class HttpFramingTests(VerifyFixture fixture) : IClassFixture<VerifyFixture>
{
    private const string Json = """{"userId":"alice","password":"canary"}""";
    private readonly VerifyHost _host = fixture.Host;

    private static readonly string Head = $"POST /api/v1/verify HTTP/1.1\r\nConnection: close\r\nContent-Type: application/json\r\nAuthorization: Bearer {VerifyHost.CallerKey}\r\n";

    public static TheoryData<string, string, int[]> Rows => new()
    {
        { "TE + CL", $"{Head}Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n26\r\n{Json}\r\n0\r\n\r\n", [200, 400] },
        { "two Content-Length", $"{Head}Host: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{Json}", [400] },
        { "Content-Length and garbage", $"{Head}Host: a\r\nContent-Length: 5x\r\n\r\n{Json}", [400] },
        { "obs-fold", $"{Head}Host: a\r\nX-A: b\r\n c\r\nContent-Length: 0\r\n\r\n", [400] },
        { "space before colon", $"{Head}Host: a\r\nX-A : x\r\nContent-Length: 0\r\n\r\n", [400] },
        { "missing Host", $"{Head}Content-Length: 0\r\n\r\n", [400] },
        { "duplicate Host", $"{Head}Host: a\r\nHost: b\r\nContent-Length: 0\r\n\r\n", [400] },
        { "request line 9 KB", $"GET /?q={new string('a', 9000)} HTTP/1.1\r\nHost: a\r\n\r\n", [414] },
        { "105 headers", $"{Head}Host: a\r\n{string.Concat(Enumerable.Range(0, 105).Select(i => $"X-{i}: 1\r\n"))}\r\n", [431] },
        { "HTTP/9.9", "GET / HTTP/9.9\r\nHost: a\r\n\r\n", [505] },
        { "encoded slash", $"{Head.Replace("v1/verify", "v1%2Fverify", StringComparison.Ordinal)}Host: a\r\nContent-Length: 0\r\n\r\n", [404] },
        { "bad chunk", $"{Head}Host: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{Json}\r\n0\r\n\r\n", [400] },
        { "chunk extension without end", $"{Head}Host: a\r\nTransfer-Encoding: chunked\r\n\r\n26;\n{Json}\r\n0\r\n\r\n", [400, 200] },
        { "HTTP/2 preface on plain text", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400, 505, 0] },
        { "no HTTP at all", "\x16\x03\x01\x02\r\n\r\n", [400] },
        { "bare LF line ends", "GET / HTTP/1.1\nHost: a\nConnection: close\n\n", [404] },
        { "non-ASCII header value", $"{Head}Host: a\r\nX-A: \u00E9\r\nContent-Length: 0\r\n\r\n", [400] },
        { "absolute target", $"{Head.Replace("/api", "http://a/api", StringComparison.Ordinal)}Host: a\r\nContent-Length: 0\r\n\r\n", [404] },
        { "asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", [404] },
        { "CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nConnection: close\r\n\r\n", [404, 400] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Verify_Framing_IsRefusedOrReadTheOneRightWay(string row, string request, int[] allowed)
    {
        long hashes = _host.Gate.Computed;
        string answer = await RawHttp.SendAsync(_host.VerifyPort, request);
        Assert.True(allowed.Contains(RawHttp.StatusOf(answer)), $"{row}: {answer}");
        // A body in two lengths is refused, or ends the connection, so that nothing is left to be taken for a second request.
        Assert.True(answer.Split("HTTP/1.1 ").Length <= 2, answer);
        if (!allowed.Contains(200))
            Assert.Equal(hashes, _host.Gate.Computed);
        await _host.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("/api/v1/../../account/sign-in")]
    [InlineData("/api/v1/../v1/verify")]
    [InlineData("/api/v1/./verify")]
    [InlineData("/api/v1/verify/..")]
    [InlineData("/api/v1/%2e%2e/v1/verify")]
    [InlineData("/api/v1/%2E./v1/verify")]
    [InlineData("/api/v1/%2e%2e%2fv1/verify")]
    [InlineData("/api/v1/%2e%2e%5cv1/verify")]
    [InlineData("/api/v1/..%5Cv1/verify")]
    [InlineData("/api/v1/..\\v1/verify")]
    [InlineData("/api/v1/%252e%252e%252fv1/verify")]
    [InlineData("/api/v1%2f..%2fv1/verify")]
    public async Task Verify_DotSegments_Are400BeforeAnythingIsNormalised(string target)
    {
        string answer = await RawHttp.SendAsync(_host.VerifyPort, $"{Head.Replace("/api/v1/verify", target, StringComparison.Ordinal)}Host: a\r\nContent-Length: {Json.Length}\r\n\r\n{Json}");
        Assert.True(RawHttp.StatusOf(answer) == 400 && answer.Contains("\"target_invalid\"", StringComparison.Ordinal), answer);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/users")]
    [InlineData("/setup")]
    [InlineData("/account/sign-in")]
    [InlineData("/error")]
    [InlineData("/not-found")]
    [InlineData("/proxy.pac")]
    [InlineData("/wpad.dat")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/app.css")]
    [InlineData("/API/V1/VERIFY")]
    [InlineData("/api/v1/verify/")]
    [InlineData("//api/v1/verify")]
    [InlineData("/api/v1/verify;x")]
    public async Task VerifyListener_AnyOtherPath_IsNotThereWhateverTheHostSays(string target)
    {
        foreach (string method in new[] { "GET", "POST" })
        {
            string answer = await RawHttp.SendAsync(_host.VerifyPort, $"{method} {target} HTTP/1.1\r\nHost: localhost:{_host.PortalPort}\r\nX-Forwarded-Host: localhost:{_host.PortalPort}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            Assert.True(RawHttp.StatusOf(answer) == 404, answer);
            Assert.DoesNotContain("Set-Cookie", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task VerifyListener_EveryRouteOfThePortal_IsNotThere()
    {
        Microsoft.AspNetCore.Routing.EndpointDataSource[] sources = [.. _host.Services.GetServices<Microsoft.AspNetCore.Routing.EndpointDataSource>()];
        string[] routes = [.. sources.SelectMany(source => source.Endpoints).OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
            .Select(endpoint => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => segment.IsSimple && segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "x"))).Distinct()];
        Assert.NotEmpty(routes);
        foreach (string route in routes.Take(400))
        {
            using HttpResponseMessage response = await _host.Client.GetAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode is >= 400 and < 500, $"{route}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task PortalListener_VerifyPathUnderTheOthersHost_VerifiesNothing()
    {
        string answer = await RawHttp.SendAsync(_host.PortalPort, $"{Head}Host: 127.0.0.1:{_host.VerifyPort}\r\nContent-Length: {Json.Length}\r\n\r\n{Json}");
        Assert.True(RawHttp.StatusOf(answer) is >= 400 and < 500, answer);
        Assert.DoesNotContain("\"result\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortalListener_UnknownHost_Is400OnceTheFirstRunIsOver()
    {
        await _host.Services.GetRequiredService<SettingsService>().CompleteSetupAsync(Actor.Portal, TestContext.Current.CancellationToken);
        Assert.Equal(400, RawHttp.StatusOf(await RawHttp.SendAsync(_host.PortalPort, "GET /health/live HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")));
        Assert.Equal(200, RawHttp.StatusOf(await RawHttp.SendAsync(_host.PortalPort, "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")));
    }

    // Slow headers, slow bodies and many connections: Kestrel's own guards, which take seconds to watch at work.
    [Fact]
    public void Listeners_SlowClients_AreLimited()
    {
        KestrelServerLimits limits = _host.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.True(limits.RequestHeadersTimeout <= TimeSpan.FromSeconds(30));
        Assert.True(limits.MinRequestBodyDataRate is { BytesPerSecond: >= 240 } rate && rate.GracePeriod <= TimeSpan.FromSeconds(5));
        Assert.NotNull(limits.MaxConcurrentConnections);
        Assert.True(limits.MaxRequestBodySize <= 64 * 1024);
        Assert.Equal(128 * 1024, limits.MaxRequestHeadersTotalSize);
    }

    [Fact]
    public async Task Verify_NegotiateTokenOf60KiBInAHeader_IsNotTooLarge()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/verify") { Content = new StringContent("{}", null, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {VerifyHost.CallerKey}");
        request.Headers.TryAddWithoutValidation("X-Proxy-Authorization", "Negotiate " + new string('A', 60_000));
        using HttpResponseMessage response = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
