using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Tests.Verification;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Account;

/// <summary>Forms that no page of ours sends.</summary>
public sealed class SignInFormTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    public static TheoryData<string, string, int> Bodies => new()
    {
        { "multipart, 1 GB announced", Head("multipart/form-data; boundary=b") + "Content-Length: 1073741824\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n", 413 },
        { "multipart, too much in chunks", Head("multipart/form-data; boundary=b") + "Transfer-Encoding: chunked\r\n\r\n" + Chunk("--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n" + new string('a', 70_000)), 413 },
        { "urlencoded, 1 GB announced", Head("application/x-www-form-urlencoded") + "Content-Length: 1073741824\r\n\r\npassword=a", 413 },
        { "urlencoded, too much in chunks", Head("application/x-www-form-urlencoded") + "Transfer-Encoding: chunked\r\n\r\n" + Chunk("password=" + new string('a', 70_000)), 413 },
        { "multipart without an end", Head("multipart/form-data; boundary=b") + "Content-Length: 9\r\n\r\n--b\r\nxxxx", 400 },
        { "multipart without a boundary", Head("multipart/form-data") + "Content-Length: 3\r\n\r\na=b", 400 },
        { "ten thousand fields", Head("application/x-www-form-urlencoded") + $"Content-Length: {10_000 * 2}\r\n\r\n" + string.Concat(Enumerable.Repeat("a&", 10_000)), 400 },
        { "a name as long as allowed for all", Head("application/x-www-form-urlencoded") + "Content-Length: 60002\r\n\r\n" + new string('n', 60_000) + "=1", 400 },
        { "no form at all", Head("application/json") + "Content-Length: 2\r\n\r\n{}", 400 },
        { "no body", "POST /account/sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 400 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task SignIn_StrangeBody_IsRefusedByItsSize(string row, string request, int expected)
    {
        string answer = await RawHttp.SendAsync(_portal.Portal.Port, request);
        Assert.True(RawHttp.StatusOf(answer) == expected, $"{row}: {answer}");
        Assert.Contains("X-Content-Type-Options: nosniff", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/.//evil.example")]
    [InlineData("/..//evil.example")]
    [InlineData("/./\\evil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/%2f/evil.example")]
    [InlineData("/%2e%2e//evil.example")]
    [InlineData("/\uFF0Fevil.example")]
    [InlineData("/users?next=//evil.example")]
    [InlineData("/@evil.example")]
    [InlineData("/:80@evil.example/")]
    public async Task SignIn_ReturnUrlInDisguise_StaysOnThisOrigin(string returnUrl)
    {
        await _portal.AddUserAsync("alice");
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await PortalHost.SubmitAsync(
            browser, $"{PortalUrls.SignIn}?returnUrl={Uri.EscapeDataString(returnUrl)}", "sign-in", ("userId", "alice"), ("password", PortalHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        string location = answer.Headers.Location!.OriginalString;
        Assert.Equal(_portal.Portal.Authority, new Uri(_portal.Portal, location).Authority);
        Assert.False(location.StartsWith("//", StringComparison.Ordinal) || location.StartsWith("/\\", StringComparison.Ordinal), location);
    }

    [Theory]
    [InlineData("/\t/evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    [InlineData("///evil.example")]
    [InlineData("")]
    [InlineData("users")]
    public async Task SignIn_ReturnUrlOfSomeoneSignedIn_LandsOnTheOverview(string returnUrl)
    {
        await _portal.AddUserAsync("alice");
        using HttpClient browser = _portal.Browser();
        (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "alice"), ("password", PortalHost.Password))).Dispose();
        using HttpResponseMessage answer = await browser.GetAsync($"{PortalUrls.SignIn}?returnUrl={Uri.EscapeDataString(returnUrl)}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", new Uri(_portal.Portal, answer.Headers.Location!).PathAndQuery);
        Assert.False(answer.Headers.Contains("Set-Cookie") && answer.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("a=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SignIn_KeepWithAPortalRole_IsIgnored()
    {
        await _portal.AddUserAsync("op", PortalRole.Operator, adjust: user => user.RequireSecondFactor = false);
        await _portal.AddUserAsync("alice");
        Assert.DoesNotContain("expires=", await CookieOfAsync("op"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("expires=", await CookieOfAsync("alice"), StringComparison.OrdinalIgnoreCase);
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        var session = await db.SignInSessions.Join(db.Users, session => session.UserId, user => user.Id, (session, user) => new { session, user.UserName })
            .SingleAsync(row => row.UserName == "op", TestContext.Current.CancellationToken);
        Assert.True(session.session.ExpiresAt - session.session.CreatedAt <= TimeSpan.FromHours(8));
    }

    [Fact]
    public async Task Cookies_OfAForm_AreHiddenFromScripts()
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage page = await browser.GetAsync(PortalUrls.SignIn, TestContext.Current.CancellationToken);
        string cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", string.Join(',', page.Headers.GetValues("Cache-Control")).Split(", ").Single(part => part == "no-store"));
    }

    private async Task<string> CookieOfAsync(string userId)
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await PortalHost.SubmitAsync(
            browser, PortalUrls.SignIn, "sign-in", ("userId", userId), ("password", PortalHost.Password), ("keep", "true"), ("RememberMe", "true"));
        return answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("pp-session=", StringComparison.Ordinal) && !cookie.StartsWith("pp-session=;", StringComparison.Ordinal));
    }

    private static string Head(string contentType) => $"POST /account/sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {contentType}\r\n";

    private static string Chunk(string text) => $"{text.Length:x}\r\n{text}\r\n0\r\n\r\n";
}
