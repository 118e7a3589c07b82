using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Account;

public sealed class ManageTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync(fakeTime: true);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task ChangePassword_AsksForThePresentOneAndEndsOtherSessions()
    {
        User alice = await _portal.AddUserAsync("alice");
        using HttpClient here = await SignedInAsync();
        using HttpClient there = await SignedInAsync();
        using HttpResponseMessage refused = await PortalHost.SubmitAsync(here, PortalUrls.MyAccount, "password", ("current", "wrong"), ("password", "seven quiet green bicycles"));
        Assert.Contains("not your present password", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using HttpResponseMessage changed = await PortalHost.SubmitAsync(here, PortalUrls.MyAccount, "password", ("current", PortalHost.Password), ("password", "seven quiet green bicycles"));
        Assert.Contains("Your password was changed", await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken)).StatusCode);
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        Assert.Equal(alice.PasswordVersion + 1, await db.Users.Where(user => user.Id == alice.Id).Select(user => user.PasswordVersion).SingleAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Factors_AfterFiveMinutes_AskForAFreshProof()
    {
        await _portal.AddUserAsync("alice");
        using HttpClient browser = await SignedInAsync();
        Assert.Contains(PortalUrls.EnrolSecondFactor, await browser.GetStringAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        _portal.Time.Advance(TimeSpan.FromMinutes(6));
        using HttpResponseMessage stale = await browser.GetAsync(PortalUrls.EnrolSecondFactor, TestContext.Current.CancellationToken);
        Assert.Contains(PortalUrls.ConfirmIdentity, stale.Headers.Location!.ToString(), StringComparison.Ordinal);
        using HttpResponseMessage confirmed = await PortalHost.SubmitAsync(browser, PortalUrls.ConfirmIdentity, "confirm", ("password", PortalHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        using HttpResponseMessage fresh = await browser.GetAsync(PortalUrls.EnrolSecondFactor, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
    }

    [Fact]
    public async Task Sessions_EndOthers_EndsThem()
    {
        await _portal.AddUserAsync("alice");
        using HttpClient here = await SignedInAsync();
        using HttpClient there = await SignedInAsync();
        (await PortalHost.SubmitAsync(here, PortalUrls.MyAccount, "sessions", ("session", "others"))).Dispose();
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task OpenPage_AccountSuspendedOrDemandsMore_IsSignedOutAtTheNextLook()
    {
        User alice = await _portal.AddUserAsync("alice");
        using HttpClient browser = await SignedInAsync();
        var sessions = _portal.Get<SignInSessions>();
        SignInSession session = Assert.Single(await sessions.ListAsync(alice.Id, TestContext.Current.CancellationToken));
        using var look = new SessionRevalidation(NullLoggerFactory.Instance, sessions);
        var principal = SessionPrincipal.Of(alice, session, "test");
        Assert.True(await look.IsLiveAsync(principal, TestContext.Current.CancellationToken));
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        User row = await db.Users.SingleAsync(user => user.Id == alice.Id, TestContext.Current.CancellationToken);
        // Even without a new stamp: whoever must have a second factor now did not use one.
        row.Role = PortalRole.Operator;
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        Assert.False(await look.IsLiveAsync(principal, TestContext.Current.CancellationToken));
    }

    private async Task<HttpClient> SignedInAsync()
    {
        HttpClient browser = _portal.Browser();
        (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "alice"), ("password", PortalHost.Password))).Dispose();
        return browser;
    }
}
