using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.MailChange;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Account;

public sealed class MailChangeTests : IAsyncLifetime
{
    private const string Former = "alice@example.test";
    private const string New = "alice.abel@example.test";
    private PortalHost _portal = null!;
    private User _alice = null!;

    private MailChangeService Changes => _portal.Get<MailChangeService>();

    // The person who proved a moment ago to be alice.
    private Actor Alice => new(_alice.Id, "alice", PortalRole.None, null) { ProvedAt = _portal.Time.GetUtcNow() };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(fakeTime: true);
        _alice = await _portal.AddUserAsync("alice", adjust: user => (user.Email, user.NormalizedEmail) = (Former, Former));
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Change_CountsOnceTheNewAddressConfirmed_AndTheFormerTakesItBack()
    {
        using HttpClient browser = await SignedInAsync();
        using HttpResponseMessage asked = await PortalHost.SubmitAsync(browser, PortalUrls.ChangeMail, "change-mail", ("email", New));
        Assert.Contains("A link was sent to", await asked.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(Former, await MailAsync());
        AskedMailChange links = (await Changes.AskAsync(Alice, New, Token)).Value;

        using HttpClient phone = _portal.Browser();
        (await phone.GetAsync(PathOf(links.Confirm), Token)).Dispose();
        Assert.Equal(Former, await MailAsync());
        using HttpResponseMessage confirmed = await PortalHost.SubmitAsync(phone, PortalUrls.ConfirmMail, "confirm-mail");
        Assert.Contains("Your mail address was changed", await confirmed.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(New, await MailAsync());
        Assert.Equal(PasswordService.LinkInvalid, (await Changes.ConfirmAsync(Actor.Nobody, links.Confirm.Token, Token)).Error);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(PortalUrls.MyAccount, Token)).StatusCode);

        using HttpClient other = _portal.Browser();
        (await other.GetAsync(PathOf(links.Undo!), Token)).Dispose();
        using HttpResponseMessage undone = await PortalHost.SubmitAsync(other, PortalUrls.UndoMail, "undo-mail");
        Assert.Contains("The change was taken back", await undone.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(Former, await MailAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(PortalUrls.MyAccount, Token)).StatusCode);
        Assert.Equal(PasswordService.LinkInvalid, (await Changes.UndoAsync(Actor.Nobody, links.Undo!.Token, Token)).Error);
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        Assert.Equal(["user.mail_change_asked", "user.mail_change_asked", "user.mail_changed", "user.mail_change_undone"],
            await db.AuditEntries.Where(entry => entry.Action.StartsWith("user.mail")).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToArrayAsync(Token));
    }

    [Fact]
    public async Task Undo_WorksThoughThePasswordWasChangedMeanwhile_AndConfirmDoesNot()
    {
        AskedMailChange links = (await Changes.AskAsync(Alice, New, Token)).Value;
        Assert.True((await _portal.Get<PasswordService>().ChangeAsync(Alice, _alice.Id, "seven quiet green bicycles", Token)).Succeeded);
        Assert.Equal(PasswordService.LinkInvalid, (await Changes.ConfirmAsync(Actor.Nobody, links.Confirm.Token, Token)).Error);
        Assert.Equal(Former, (await Changes.UndoAsync(Actor.Nobody, links.Undo!.Token, Token)).Value);
    }

    [Fact]
    public async Task Undo_BeforeTheConfirmation_VoidsIt_AndLinksThatMayHaveGoneElsewhere()
    {
        AskedMailChange links = (await Changes.AskAsync(Alice, New, Token)).Value;
        IssuedLink reset = await _portal.AddLinkAsync(LinkPurpose.SetPassword, _alice);
        Assert.True((await Changes.UndoAsync(Actor.Nobody, links.Undo!.Token, Token)).Succeeded);
        Assert.Equal(PasswordService.LinkInvalid, (await Changes.ConfirmAsync(Actor.Nobody, links.Confirm.Token, Token)).Error);
        Assert.Null(await _portal.Get<OneTimeLinks>().FindAsync(reset.Token, LinkPurpose.SetPassword, Token));
    }

    [Fact]
    public async Task Ask_Again_VoidsTheFirstLink_AndTooOftenIsRefused()
    {
        AskedMailChange first = (await Changes.AskAsync(Alice, "first@example.test", Token)).Value;
        for (int asked = 1; asked < MailChangeService.MostAnHour; asked++)
            Assert.True((await Changes.AskAsync(Alice, New, Token)).Succeeded);
        Assert.Equal(PasswordService.LinkInvalid, (await Changes.ConfirmAsync(Actor.Nobody, first.Confirm.Token, Token)).Error);
        Assert.Equal(MailChangeService.TooMany, (await Changes.AskAsync(Alice, New, Token)).Error);
        _portal.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.True((await Changes.AskAsync(Alice, New, Token)).Succeeded);
    }

    [Fact]
    public async Task Ask_WithoutAFreshProof_OrForNonsense_IsRefused()
    {
        Assert.Equal(AccessControl.ProofTooOld, (await Changes.AskAsync(Alice with { ProvedAt = _portal.Time.GetUtcNow().AddMinutes(-6) }, New, Token)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Changes.AskAsync(Actor.Nobody, New, Token)).Error);
        Assert.Equal(MailChangeService.Same, (await Changes.AskAsync(Alice, Former, Token)).Error);
        foreach (string bad in (string[])["", "alice", "a@b", "a@b.c, d@e.f", "alice@example.test\r\nBcc: x@example.test", "<alice@example.test>", "ålice\u0000@example.test"])
            Assert.Equal("email_invalid", (await Changes.AskAsync(Alice, bad, Token)).Error?.Code);
        using HttpClient browser = await SignedInAsync();
        _portal.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Contains(PortalUrls.ConfirmIdentity, await browser.GetStringAsync(PortalUrls.ChangeMail, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirm_InTwoTabsAtOnce_SucceedsOnce()
    {
        AskedMailChange links = (await Changes.AskAsync(Alice, New, Token)).Value;
        bool[] done = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (await Changes.ConfirmAsync(Actor.Nobody, links.Confirm.Token, Token)).Succeeded));
        Assert.Single(done, succeeded => succeeded);
    }

    [Theory]
    [InlineData("/account/confirm-mail")]
    [InlineData("/account/confirm-mail?token=%25%25")]
    [InlineData("/account/undo-mail?token=a&token=b")]
    public async Task Link_Garbage_IsInvalid(string path)
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await browser.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static string PathOf(IssuedLink link) => new Uri(link.Url).PathAndQuery;

    private async Task<string?> MailAsync()
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        return await db.Users.Where(user => user.Id == _alice.Id).Select(user => user.Email).SingleAsync(Token);
    }

    private async Task<HttpClient> SignedInAsync()
    {
        HttpClient browser = _portal.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "alice"), ("password", PortalHost.Password))).StatusCode);
        return browser;
    }
}
