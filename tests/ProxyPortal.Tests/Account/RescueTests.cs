using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Account.SecondFactors;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Account;

/// <summary>Lost password and lost phone: the whole way from <c>admin reset</c> to an account that is whole again.</summary>
public sealed partial class RescueTests : IAsyncLifetime
{
    private const string NewPassword = "seven quiet green bicycles";
    private PortalHost _portal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync(fakeTime: true);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Reset_WholeWay_TakesEveryProofAwayAndAsksForNewOnesBeforeAnythingOpens()
    {
        User admin = await _portal.AddUserAsync("admin", PortalRole.Administrator);
        (HttpClient before, IReadOnlyList<string> codes) = await EnrolledAsync(admin);
        using HttpClient here = before;
        await AddPasskeyRowAsync(admin.Id);

        IssuedLink link = await _portal.ResetAsync("ADMIN");

        await using (PortalDbContext db = await _portal.OpenDatabaseAsync())
        {
            User bare = await db.Users.SingleAsync(user => user.Id == admin.Id, Token);
            Assert.Equal((null, false), (bare.PasswordHash, bare.TwoFactorEnabled));
            Assert.NotEqual(admin.SecurityStamp, bare.SecurityStamp);
            Assert.Equal(0, await db.UserTokens.CountAsync(token => token.UserId == admin.Id, Token));
            Assert.Equal(0, await db.Set<IdentityUserPasskey<Guid>>().CountAsync(passkey => passkey.UserId == admin.Id, Token));
            Assert.Equal(0, await db.SignInSessions.CountAsync(session => session.UserId == admin.Id, Token));
            Assert.Equal(1, await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.SignInLinkIssued, Token));
        }
        await AssertShutAsync(here);
        using HttpClient thief = _portal.Browser();
        using HttpResponseMessage oldPassword = await PortalHost.SubmitAsync(thief, PortalUrls.SignIn, "sign-in", ("userId", "admin"), ("password", PortalHost.Password));
        Assert.Equal(HttpStatusCode.OK, oldPassword.StatusCode);
        using HttpResponseMessage oldCode = await PortalHost.SubmitAsync(thief, PortalUrls.RecoveryCode, "recovery", ("userId", "admin"), ("code", codes[0]));
        Assert.Equal(HttpStatusCode.OK, oldCode.StatusCode);
        await AssertShutAsync(thief);

        using HttpClient browser = _portal.Browser();
        (await browser.GetAsync(new Uri(link.Url).PathAndQuery, Token)).Dispose();
        await AssertShutAsync(browser);
        using HttpResponseMessage weak = await PortalHost.SubmitAsync(browser, PortalUrls.SignInLink, "sign-in-link", ("password", "short"));
        Assert.Contains("password-error", await weak.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using HttpResponseMessage chosen = await PortalHost.SubmitAsync(browser, PortalUrls.SignInLink, "sign-in-link", ("password", NewPassword));
        Assert.Contains(PortalUrls.EnrolSecondFactor, chosen.Headers.Location!.ToString(), StringComparison.Ordinal);
        await AssertShutAsync(browser);

        string page = await browser.GetStringAsync(PortalUrls.EnrolSecondFactor, Token);
        using HttpResponseMessage enrolled = await PortalHost.PostAsync(browser, PortalUrls.EnrolSecondFactor, page, "enrol", ("code", CodeOf(Key().Match(page).Value)));
        Assert.Contains("Save your recovery codes", await enrolled.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using HttpResponseMessage open = await browser.GetAsync(PortalUrls.MyAccount, Token);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        using HttpResponseMessage again = await thief.GetAsync(new Uri(link.Url).PathAndQuery, Token);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task Reset_Twice_OnlyTheLastLinkWorks()
    {
        await _portal.AddUserAsync("admin", PortalRole.Administrator);
        IssuedLink first = await _portal.ResetAsync("admin");
        IssuedLink second = await _portal.ResetAsync("admin");
        using HttpClient browser = _portal.Browser();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync(new Uri(first.Url).PathAndQuery, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(new Uri(second.Url).PathAndQuery, Token)).StatusCode);
    }

    [Fact]
    public async Task Confirm_OfAnAccountWithAnApp_AsksForPasswordAndCode()
    {
        User admin = await _portal.AddUserAsync("admin", PortalRole.Administrator);
        (HttpClient signedIn, _) = await EnrolledAsync(admin);
        using HttpClient browser = signedIn;
        _portal.Time.Advance(TimeSpan.FromMinutes(6));
        using HttpResponseMessage passwordAlone = await PortalHost.SubmitAsync(browser, PortalUrls.ConfirmIdentity, "confirm", ("password", PortalHost.Password), ("code", "000000"));
        Assert.Contains("code-error", await passwordAlone.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using HttpResponseMessage stale = await browser.GetAsync(PortalUrls.EnrolSecondFactor, Token);
        Assert.Equal(HttpStatusCode.Redirect, stale.StatusCode);
        using HttpResponseMessage both = await PortalHost.SubmitAsync(browser, PortalUrls.ConfirmIdentity, "confirm", ("password", PortalHost.Password), ("code", CodeOf(_key)));
        Assert.Equal(HttpStatusCode.Redirect, both.StatusCode);
        using HttpResponseMessage fresh = await browser.GetAsync(PortalUrls.EnrolSecondFactor, Token);
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
    }

    [Fact]
    public async Task Confirm_OfAnAccountWithAPasskeyAndNoApp_TakesNoPassword()
    {
        User alice = await _portal.AddUserAsync("alice");
        using HttpClient browser = _portal.Browser();
        (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "alice"), ("password", PortalHost.Password))).Dispose();
        await AddPasskeyRowAsync(alice.Id);
        string page = await browser.GetStringAsync(PortalUrls.ConfirmIdentity, Token);
        Assert.DoesNotContain("name=\"password\"", page, StringComparison.Ordinal);
        Assert.Contains("data-passkey=\"get\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecoveryCodes_IssuedAnew_EndOtherSessionsAndKeepThisOne()
    {
        User admin = await _portal.AddUserAsync("admin", PortalRole.Administrator);
        (HttpClient first, _) = await EnrolledAsync(admin);
        using HttpClient here = first;
        using HttpClient there = _portal.Browser();
        (await PortalHost.SubmitAsync(there, PortalUrls.SignIn, "sign-in", ("userId", "admin"), ("password", PortalHost.Password))).Dispose();
        _portal.Time.Advance(TimeSpan.FromSeconds(60));
        (await PortalHost.SubmitAsync(there, PortalUrls.SecondFactor, "code", ("code", CodeOf(_key)))).Dispose();
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync(PortalUrls.MyAccount, Token)).StatusCode);

        (await PortalHost.SubmitAsync(here, PortalUrls.MyAccount, "codes")).Dispose();

        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync(PortalUrls.MyAccount, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync(PortalUrls.MyAccount, Token)).StatusCode);
    }

    private string _key = "";

    private static async Task AssertShutAsync(HttpClient browser)
    {
        foreach (string path in (string[])["/", PortalUrls.Routes.Users, PortalUrls.MyAccount])
        {
            using HttpResponseMessage answer = await browser.GetAsync(path, Token);
            Assert.Equal((path, HttpStatusCode.Redirect), (path, answer.StatusCode));
            Assert.Contains(PortalUrls.SignIn, answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>Signs in with the password and enrols an app, as at the first sign-in.</summary>
    private async Task<(HttpClient, IReadOnlyList<string>)> EnrolledAsync(User user)
    {
        HttpClient browser = _portal.Browser();
        (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", user.UserName!), ("password", PortalHost.Password))).Dispose();
        string page = await browser.GetStringAsync(PortalUrls.EnrolSecondFactor, Token);
        _key = Key().Match(page).Value;
        using HttpResponseMessage enrolled = await PortalHost.PostAsync(browser, PortalUrls.EnrolSecondFactor, page, "enrol", ("code", CodeOf(_key)));
        string codes = await enrolled.Content.ReadAsStringAsync(Token);
        return (browser, [.. RecoveryCode().Matches(codes).Select(match => match.Groups[1].Value)]);
    }

    private async Task AddPasskeyRowAsync(Guid userId)
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        db.Set<IdentityUserPasskey<Guid>>().Add(new IdentityUserPasskey<Guid>
        {
            UserId = userId,
            CredentialId = [1, 2, 3],
            Data = new IdentityPasskeyData { PublicKey = [1], AttestationObject = [1], ClientDataJson = [1], CreatedAt = _portal.Time.GetUtcNow(), Name = "Laptop" },
        });
        await db.SaveChangesAsync(Token);
    }

    private string CodeOf(string key) => Totp.CodeAt(key, Totp.StepAt(_portal.Time.GetUtcNow()));

    [GeneratedRegex("(?<=>)[A-Z2-7]{32}(?=<)")]
    private static partial Regex Key();

    [GeneratedRegex("<li><code[^>]*>([^<]+)</code>")]
    private static partial Regex RecoveryCode();
}
