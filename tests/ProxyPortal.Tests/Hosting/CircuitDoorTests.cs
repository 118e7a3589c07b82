using ProxyPortal.Tests.Verification;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

/// <summary>Who may open a circuit: pages of this origin, for people who are signed in.</summary>
public sealed class CircuitDoorTests(SetUpPortal portal) : IClassFixture<SetUpPortal>
{
    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("http://localhost.evil.example", 403)]
    [InlineData("http://sub.localhost", 403)]
    [InlineData("http://localhost:5080.evil.example", 403)]
    [InlineData("https://localhost", 403)]
    [InlineData("file://", 403)]
    public async Task Circuit_ForeignOrigin_IsForbidden(string origin, int expected)
    {
        foreach (string request in (string[])[WebSocket("/_blazor", origin), WebSocket("/_blazor?id=x", origin), WebSocket("/_Blazor", origin), Negotiate(origin), Negotiate($"{origin}\r\nOrigin: http://localhost")])
        {
            string answer = await RawHttp.SendAsync(portal.Host.Portal.Port, request);
            Assert.True(RawHttp.StatusOf(answer) == expected, $"{request}{answer}");
        }
    }

    [Fact]
    public async Task Circuit_NobodySignedIn_IsNotOpened()
    {
        foreach (string request in (string[])[WebSocket("/_blazor", "http://localhost"), Negotiate("http://localhost")])
        {
            int status = RawHttp.StatusOf(await RawHttp.SendAsync(portal.Host.Portal.Port, request));
            Assert.True(status is 302 or 401 or 403, $"{request}{status}");
        }
    }

    [Fact]
    public async Task Pages_Anonymous_LoadNoCircuit()
    {
        using HttpClient browser = portal.Host.Browser();
        foreach (string path in (string[])[PortalUrls.SignIn, PortalUrls.SignInLink, PortalUrls.SetPassword, PortalUrls.Setup, PortalUrls.Error, PortalUrls.SecondFactor, PortalUrls.RecoveryCode])
        {
            using HttpResponseMessage answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
            string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain("<script src=\"_framework/blazor.web", page, StringComparison.Ordinal);
            Assert.DoesNotContain("\"type\":\"server\"", page, StringComparison.Ordinal);
        }
    }

    private static string WebSocket(string target, string origin) =>
        $"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: {origin}\r\n\r\n";

    private static string Negotiate(string origin) =>
        $"POST /_blazor/negotiate?negotiateVersion=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\nOrigin: {origin}\r\n\r\n";
}
