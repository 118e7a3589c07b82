using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Settings;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

/// <summary>Where a request came from, and who may say so.</summary>
public sealed class ForwardedHeaderTests
{
    private const string Trusting = "--ForwardedHeaders:KnownProxies=127.0.0.1";

    [Theory]
    [InlineData("single", "X-Forwarded-For", "203.0.113.9")]
    [InlineData("chain", "X-Forwarded-For", "10.0.0.1, 203.0.113.9")]
    [InlineData("loopback", "X-Forwarded-For", "::1")]
    [InlineData("RFC 7239", "Forwarded", "for=203.0.113.9;host=evil.example;proto=https")]
    [InlineData("other inventions", "X-Real-IP", "203.0.113.9")]
    [InlineData("other inventions", "True-Client-IP", "203.0.113.9")]
    public async Task Address_NoKnownProxy_IsThePeer(string row, string header, string value)
    {
        await using PortalHost portal = await PortalHost.StartAsync();
        Assert.Equal((row, "127.0.0.1"), (row, await AddressOfAFailureAsync(portal, (header, value))));
    }

    [Fact]
    public async Task Address_KnownProxy_IsTheLastOneItDoesNotKnow()
    {
        await using PortalHost portal = await PortalHost.StartAsync(false, Trusting);
        foreach ((string name, string value, string expected) in ((string, string, string)[])
        [
            ("X-Forwarded-For", "203.0.113.1", "203.0.113.1"),
            ("X-Forwarded-For", "10.0.0.1, 203.0.113.2", "203.0.113.2"),
            ("X-Forwarded-For", "203.0.113.3:443", "203.0.113.3"),
            ("X-Forwarded-For", "[2001:db8::4]:443", "2001:db8::4"),
            ("X-Forwarded-For", "::ffff:203.0.113.5", "203.0.113.5"),
            ("X-Forwarded-For", "203.0.113.6, garbage", "127.0.0.1"),
            ("X-Forwarded-For", "203.0.113.7, ", "203.0.113.7"),
            ("Forwarded", "for=203.0.113.8", "127.0.0.1"),
            ("X-Forwarded-For", string.Concat(Enumerable.Repeat("1.1.1.1,", 10_000)) + "203.0.113.10", "203.0.113.10"),
        ])
            Assert.Equal((value[..Math.Min(40, value.Length)], expected), (value[..Math.Min(40, value.Length)], await AddressOfAFailureAsync(portal, (name, value))));
    }

    [Fact]
    public async Task Throttle_SpoofedAddresses_CountAsOneSource()
    {
        await using PortalHost portal = await PortalHost.StartAsync();
        HttpStatusCode last = default;
        for (int i = 0; i <= SignInThrottle.FreeFailures; i++)
            last = await FailAsync(portal, "nobody", ("X-Forwarded-For", $"203.0.113.{i}"));
        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task Throttle_PortOfTheClient_IsNoOtherSource()
    {
        await using PortalHost portal = await PortalHost.StartAsync(false, Trusting);
        HttpStatusCode last = default;
        for (int i = 0; i <= SignInThrottle.FreeFailures; i++)
            last = await FailAsync(portal, "nobody", ("X-Forwarded-For", $"203.0.113.9:{40_000 + i}"));
        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Equal(HttpStatusCode.OK, await FailAsync(portal, "nobody", ("X-Forwarded-For", "203.0.113.10")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Redirect_HostAndPrefixOfAProxy_AreNeverBelieved(bool trusted)
    {
        await using PortalHost portal = await PortalHost.StartAsync(false, trusted ? [Trusting] : []);
        await portal.Get<SettingsService>().CompleteSetupAsync(Actor.Portal, CancellationToken.None);
        using HttpClient browser = portal.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, PortalUrls.MyAccount);
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Prefix", "//evil.example");
        request.Headers.Add("X-Original-Host", "evil.example");
        using HttpResponseMessage answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.DoesNotContain("evil", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cookies_HttpsOfAProxy_AreSecureOnlyWhenItIsKnown(bool trusted)
    {
        await using PortalHost portal = await PortalHost.StartAsync(false, trusted ? [Trusting] : []);
        using HttpClient browser = portal.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, PortalUrls.SignIn);
        request.Headers.Add("X-Forwarded-Proto", "https");
        using HttpResponseMessage answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(trusted, answer.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal(trusted, Assert.Single(answer.Headers.GetValues("Set-Cookie")).Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<string?> AddressOfAFailureAsync(PortalHost portal, params (string Name, string Value)[] headers)
    {
        // A name of its own, so that neither throttle nor audit folds it into an earlier attempt.
        string name = (await portal.AddUserAsync($"u{Guid.CreateVersion7():N}", password: null)).UserName!;
        await using PortalDbContext db = await portal.OpenDatabaseAsync();
        await FailAsync(portal, name, headers);
        return (await db.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.SignInFailed && entry.TargetName == name, TestContext.Current.CancellationToken)).Address;
    }

    private static async Task<HttpStatusCode> FailAsync(PortalHost portal, string userId, params (string Name, string Value)[] headers)
    {
        using HttpClient browser = portal.Browser();
        string page = await browser.GetStringAsync(PortalUrls.SignIn, TestContext.Current.CancellationToken);
        foreach ((string name, string value) in headers)
            browser.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        using HttpResponseMessage answer = await PortalHost.PostAsync(browser, PortalUrls.SignIn, page, "sign-in", ("userId", userId), ("password", "wrong"));
        return answer.StatusCode;
    }
}
