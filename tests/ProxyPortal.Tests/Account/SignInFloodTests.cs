using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using Xunit;

namespace ProxyPortal.Tests.Account;

/// <summary>Guessing over many names, through the form itself.</summary>
public sealed class SignInFloodTests
{
    private const string Guesser = "203.0.113.9";

    [Fact]
    public async Task FiftyFailures_FromOneAddressOverFiftyUsers_StopThatAddressAndLockNobody()
    {
        await using PortalHost portal = await PortalHost.StartAsync(fakeTime: true, "--ForwardedHeaders:KnownProxies=127.0.0.1");
        await portal.AddUserAsync("alice");
        await portal.AddUserAsync("user0");
        using HttpClient guesser = From(portal, Guesser);
        for (int i = 0; i < SignInThrottle.SourceBurst; i++)
        {
            using HttpResponseMessage refused = await SubmitAsync(guesser, $"user{i}", "a wrong password");
            Assert.Equal((i, HttpStatusCode.OK), (i, refused.StatusCode));
        }
        // Also with the right password: nothing is compared any more.
        int compared = portal.Get<PasswordWork>().Compared;
        using (HttpResponseMessage stopped = await SubmitAsync(guesser, "alice", PortalHost.Password))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, stopped.StatusCode);
            Assert.True(stopped.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }
        Assert.Equal(compared, portal.Get<PasswordWork>().Compared);
        foreach (string name in (string[])["alice", "user0"])
        {
            using HttpClient owner = From(portal, "198.51.100.7");
            using HttpResponseMessage signedIn = await SubmitAsync(owner, name, PortalHost.Password);
            Assert.Equal((name, HttpStatusCode.Redirect), (name, signedIn.StatusCode));
        }
        await using PortalDbContext db = await portal.OpenDatabaseAsync();
        Assert.False(await db.Users.AnyAsync(user => user.SuspendedAt != null || user.LockoutEnd != null || user.AccessFailedCount > 0, TestContext.Current.CancellationToken));
    }

    // What is written for a failure takes time, so whether anything is written must not tell who exists.
    [Fact]
    public async Task Failures_OverManyNames_AreNotedAlikeWhetherTheNamesExist()
    {
        await using PortalHost portal = await PortalHost.StartAsync(fakeTime: true);
        for (int i = 0; i < 3; i++)
            await portal.AddUserAsync($"known{i}", password: null);
        using HttpClient guesser = portal.Browser();
        foreach (string kind in (string[])["known", "nobody"])
        {
            int before = await CountAsync(portal);
            for (int i = 0; i < 3; i++)
            {
                (await SubmitAsync(guesser, $"{kind}{i}", "a wrong password")).Dispose();
                (await SubmitAsync(guesser, $"{kind}{i}", "a wrong password")).Dispose();
            }
            Assert.Equal((kind, 3), (kind, await CountAsync(portal) - before));
        }
    }

    private static async Task<int> CountAsync(PortalHost portal)
    {
        await using PortalDbContext db = await portal.OpenDatabaseAsync();
        return await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.SignInFailed, TestContext.Current.CancellationToken);
    }

    private static HttpClient From(PortalHost portal, string address)
    {
        HttpClient browser = portal.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return browser;
    }

    private static Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string userId, string password) =>
        PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", userId), ("password", password));
}
