using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Asking;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Mail;
using ProxyPortal.Settings;
using Xunit;

namespace ProxyPortal.Tests.Asking;

/// <summary>Asking for access from outside, on the real portal: the pages, the desk, the mails.</summary>
public sealed class AccessRequestTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AccessRequests Requests => _portal.Get<AccessRequests>();

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync(fakeTime: true);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Asking_IsOffUnlessSomebodySaysOtherwise()
    {
        using HttpClient browser = _portal.Browser();
        Assert.Contains("cannot be asked for here", await browser.GetStringAsync(PortalUrls.RequestAccess, Token), StringComparison.Ordinal);
        Assert.DoesNotContain(PortalUrls.RequestAccess, await browser.GetStringAsync(PortalUrls.SignIn, Token), StringComparison.Ordinal);
        Assert.Equal(AccessRequests.Closed, (await Requests.AskAsync(Actor.Nobody, Input("eve@example.test"), Token)).Error);
    }

    [Fact]
    public async Task Answer_IsTheSameForEveryAddress()
    {
        await OpenAsync("example.test");
        await _portal.AddUserAsync("alice", adjust: user => (user.Email, user.NormalizedEmail) = ("alice@example.test", "alice@example.test"));
        string[] answers = await Task.WhenAll(((string[])["eve@example.test", "alice@example.test", "eve@elsewhere.test", "eve@badexample.test", "eve@sub.example.test"]).Select(SubmitAsync));
        Assert.All(answers, answer => Assert.Contains("Look into your mail", answer, StringComparison.Ordinal));
        await HandleAsync();
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        Assert.Equal(["alice@example.test", "eve@example.test"], (await db.Mails.Select(mail => mail.ToAddress).ToListAsync(Token)).Order());
        // No approver sees any of them yet.
        Assert.Empty((await _portal.Get<RequestService>().ListAsync(Actor.Portal, new RequestQuery(), Token)).Value.Items);
    }

    [Fact]
    public async Task Request_Confirmed_IsSeenByThoseWhoDecide_OnceOnly()
    {
        await OpenAsync("example.test");
        await SubmitAsync("eve@example.test");
        await HandleAsync();
        string token = await LinkAsync(LinkPurpose.ConfirmRequest, "eve@example.test");
        using HttpClient scanner = _portal.Browser();
        (await scanner.GetAsync($"{PortalUrls.ConfirmRequest}?token={token}", Token)).Dispose();
        Assert.Empty((await _portal.Get<RequestService>().ListAsync(Actor.Portal, new RequestQuery(), Token)).Value.Items);

        using HttpClient browser = _portal.Browser();
        (await browser.GetAsync($"{PortalUrls.ConfirmRequest}?token={token}", Token)).Dispose();
        using HttpResponseMessage confirmed = await PortalHost.SubmitAsync(browser, PortalUrls.ConfirmRequest, "confirm-request");
        Assert.Contains("Your request waits", await confirmed.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        RequestSummary waiting = Assert.Single((await _portal.Get<RequestService>().ListAsync(Actor.Portal, new RequestQuery(), Token)).Value.Items);
        Assert.Equal(("eve@example.test", "Ève Ünïcode", 30), (waiting.Asker.Mail, waiting.Asker.Name, waiting.Days));
        Assert.Equal(PasswordService.LinkInvalid, (await Requests.ConfirmAsync(Actor.Nobody, token, Token)).Error);
    }

    [Fact]
    public async Task Request_NobodyConfirms_IsForgotten()
    {
        await OpenAsync("example.test");
        await SubmitAsync("eve@example.test");
        await HandleAsync();
        _portal.Time.Advance(OneTimeLinks.ConfirmRequestLifetime);
        await HandleAsync();
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        Assert.False(await db.AccessRequests.AnyAsync(Token));
    }

    [Fact]
    public async Task Flood_OfOneSource_AndToOneAddress_IsLimitedInSilence()
    {
        await OpenAsync("example.test");
        var visitor = Actor.Nobody with { Address = IPAddress.Parse("192.0.2.7") };
        for (int i = 0; i < AccessRequests.MostOfSource + 5; i++)
            Assert.True((await Requests.AskAsync(visitor, Input("eve@example.test"), Token)).Succeeded);
        await HandleAsync();
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        Assert.Equal((AccessRequests.MostOfSource, AskingDesk.MostOfAddress), (await db.AccessRequests.CountAsync(Token), await db.Mails.CountAsync(Token)));
    }

    [Theory]
    [InlineData("", "eve@example.test", "x", 30, "name_invalid")]
    [InlineData("Eve\r\nBcc: x", "eve@example.test", "x", 30, "name_invalid")]
    [InlineData("Eve", "eve", "x", 30, "email_invalid")]
    [InlineData("Eve", "eve@example.test, x@example.test", "x", 30, "email_invalid")]
    [InlineData("Eve", "eve@example.test", "", 30, "reason_required")]
    [InlineData("Eve", "eve@example.test", "x", 31, "days_invalid")]
    [InlineData("Eve", "eve@example.test", "x", -1, "days_invalid")]
    public async Task Ask_WithBadInput_SaysWhichField(string name, string mail, string reason, int days, string code)
    {
        await OpenAsync("example.test");
        Assert.Equal(code, (await Requests.AskAsync(Actor.Nobody, new AccessRequestInput(name, mail, reason, days), Token)).Error?.Code);
    }

    [Fact]
    public async Task Invitation_LetsSomebodyAsk_Once()
    {
        Assert.Equal(Invitations.NotOffered, (await _portal.Get<Invitations>().InviteAsync(Actor.Portal, "guest@elsewhere.test", Token)).Error);
        await OpenAsync("", byInvitation: true);
        Assert.True((await _portal.Get<Invitations>().InviteAsync(Actor.Portal, "guest@elsewhere.test", Token)).Succeeded);
        string token = await LinkAsync(LinkPurpose.Invitation, "guest@elsewhere.test");
        using HttpClient browser = _portal.Browser();
        (await browser.GetAsync($"{PortalUrls.Invitation}?token={token}", Token)).Dispose();
        using HttpResponseMessage asked = await PortalHost.SubmitAsync(browser, PortalUrls.Invitation, "invitation", ("name", "Guest"), ("reason", "a visit"), ("days", "7"));
        Assert.Contains("Your request waits", await asked.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("guest@elsewhere.test", Assert.Single((await _portal.Get<RequestService>().ListAsync(Actor.Portal, new RequestQuery(), Token)).Value.Items).Asker.Mail);
        Assert.Equal(PasswordService.LinkInvalid, (await Requests.AskByInvitationAsync(Actor.Nobody, token, Input("guest@elsewhere.test"), Token)).Error);
    }

    [Theory]
    [InlineData("example.test", true)]
    [InlineData("@Example.TEST, other.test\nthird.test", true)]
    [InlineData("bücher.example", true)]
    [InlineData("example", false)]
    [InlineData("exam ple..test", false)]
    [InlineData("http://example.test", false)]
    [InlineData("*.example.test", false)]
    public void Domains_AreReadAsPeopleWriteThem(string text, bool isFine) => Assert.Equal(isFine, RegistrationRules.Read(text, false).Succeeded);

    [Theory]
    [InlineData("eve@example.test", true)]
    [InlineData("eve@EXAMPLE.test", true)]
    [InlineData("eve@bücher.example", true)]
    [InlineData("eve@xn--bcher-kva.example", true)]
    [InlineData("eve@sub.example.test", false)]
    [InlineData("eve@badexample.test", false)]
    [InlineData("\"a@example.test\"@evil.test", false)]
    [InlineData("@example.test", false)]
    public void Domains_AllowThemselvesAndNothingThatLooksLikeThem(string mail, bool isAllowed) =>
        Assert.Equal(isAllowed, RegistrationRules.Read("example.test bücher.example", false).Value.Allows(mail));

    private static AccessRequestInput Input(string mail) => new("Ève Ünïcode", mail, "für die Arbeit", 30);

    private async Task OpenAsync(string domains, bool byInvitation = false) =>
        Assert.True((await _portal.Get<SettingsService>().ChangeRegistrationAsync(Actor.Portal, domains, byInvitation, Token)).Succeeded);

    private async Task<string> SubmitAsync(string mail)
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await PortalHost.SubmitAsync(browser, PortalUrls.RequestAccess, "request-access", ("name", "Ève Ünïcode"), ("email", mail), ("reason", "für die Arbeit"), ("days", "30"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    // The portal's own desk is at work too: whoever comes second looks again.
    private async Task HandleAsync()
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        do
        {
            try
            {
                await _portal.Get<AskingDesk>().HandleAsync(Token);
            }
            catch (Exception exception) when (exception is DbUpdateException or DatabaseBusyException)
            {
            }
        }
        while (await db.AccessRequests.AnyAsync(request => request.State == RequestState.Unconfirmed && request.HandledAt == null, Token));
    }

    // As it stands in the mail.
    private async Task<string> LinkAsync(LinkPurpose purpose, string address)
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        OutboxMail mail = await db.Mails.AsNoTracking().Where(row => row.ToAddress == address).OrderByDescending(row => row.CreatedAt).FirstAsync(Token);
        Assert.True(await db.OneTimeLinks.AnyAsync(link => link.Purpose == purpose && link.SentTo == address, Token));
        string text = mail.Body is null ? await FileAsync(address) : _portal.Get<MailOutbox>().Open(mail).Text;
        return text[(text.IndexOf("token=", StringComparison.Ordinal) + 6)..].Split('\r', '\n')[0].Trim();
    }

    private async Task<string> FileAsync(string address)
    {
        foreach (string file in Directory.GetFiles(Path.Combine(_portal.Folder, "mail"), "*.eml"))
        {
            using MimeKit.MimeMessage message = await MimeKit.MimeMessage.LoadAsync(file, Token);
            if (message.To.ToString().Contains(address, StringComparison.Ordinal))
                return message.TextBody ?? "";
        }
        throw new InvalidOperationException($"no mail to {address}");
    }
}
