using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Audit;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Mail;
using ProxyPortal.Tests.Mail;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Account;

/// <summary>The way back to a forgotten password, with a real mail drop: RS-1 to RS-12.</summary>
public sealed partial class PasswordResetTests : IAsyncLifetime
{
    private const string NewPassword = "seven quiet rivers under glass";
    private PortalHost _portal = null!;
    private MailDrop _mails = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(fakeTime: true, "--Portal:PublicUrl=https://portal.example.test");
        _mails = new MailDrop(_portal);
    }

    public ValueTask DisposeAsync()
    {
        _mails.Dispose();
        return _portal.DisposeAsync();
    }

    [Fact]
    public async Task Reset_TheWholeWay_OpensTheAccountAgain_AndTellsOfIt()
    {
        User alice = await AddAsync("alice");
        await AskAsync("alice");
        MimeMessage mail = await _mails.NextAsync();
        Assert.Equal("alice@example.test", Assert.Single(mail.To.Mailboxes).Address);
        Assert.Contains("Choose a new password", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", mail.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(LinkOf(mail).ToString(), mail.HtmlBody!.Replace("&amp;", "&", StringComparison.Ordinal), StringComparison.Ordinal);

        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage chosen = await ChooseAsync(browser, mail, NewPassword);
        Assert.Contains("Your password is set", await BodyOf(chosen), StringComparison.Ordinal);
        // It does not sign in by itself.
        using HttpResponseMessage home = await browser.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, home.StatusCode);
        _portal.Time.Advance(TimeSpan.FromSeconds(2));
        MimeMessage notice = await _mails.NextAsync();
        Assert.Equal("Your password was changed", notice.Subject);
        Assert.DoesNotContain(NewPassword, notice.TextBody, StringComparison.Ordinal);
        Assert.Equal(1, await VersionOf(alice));
    }

    [Fact]
    public async Task Ask_KnownUnknownSuspendedWithoutAddress_IsAnsweredByTheSameBytes()
    {
        await AddAsync("alice");
        await AddAsync("nomail", email: null);
        await AddAsync("suspended", adjust: user => user.SuspendedAt = _portal.Time.GetUtcNow());
        var answers = new HashSet<string>();
        foreach (string name in (string[])["alice", "nobody", "nomail", "suspended", "alice@example.test", "nobody@example.test"])
            answers.Add(await AskAsync(name));
        Assert.Single(answers);
        MimeMessage only = await _mails.NextAsync();
        Assert.Equal("alice@example.test", only.To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task Ask_ReadsNothingOfTheAccount_SoKnownAndUnknownAreTheSameWork()
    {
        await AddAsync("alice");
        // Nobody handles requests here: what is left is what the request itself did.
        await AskAsync("alice");
        await AskAsync("nobody");
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        Assert.Equal(2, await db.PasswordResetRequests.CountAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("ALICE@EXAMPLE.TEST")]
    [InlineData("Alice")]
    public async Task Mail_GoesToTheStoredAddress_NeverToTheTypedOne(string typed)
    {
        await AddAsync("alice");
        await AskAsync(typed);
        Assert.Equal("alice@example.test", (await _mails.NextAsync()).To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task Mail_ForALookalikeAddress_IsNotSent()
    {
        await AddAsync("alice", "alice@site.example");
        await AskAsync("alice@\u017Fite.example");
        await AskAsync("alice@\u0455ite.example");
        await HandledAsync(2);
        Assert.Equal(0, await MailsOfKindAsync(MailKind.PasswordReset));
    }

    [Fact]
    public async Task Link_IsMadeFromThePublicUrl_WhateverTheHostSays()
    {
        await AddAsync("alice");
        using HttpClient browser = _portal.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
        await AskAsync("alice", browser);
        Assert.StartsWith("https://portal.example.test/account/set-password?token=", LinkOf(await _mails.NextAsync()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_ManyTimes_MailsThreeInAnHour_AndTheAnswerStaysTheSame()
    {
        await AddAsync("alice");
        var answers = new HashSet<string>();
        for (int i = 0; i < PasswordResets.MostOfSource; i++)
            answers.Add(await AskAsync("alice"));
        Assert.Single(answers);
        await HandledAsync(PasswordResets.MostOfSource);
        Assert.Equal(PasswordResetDesk.MostOfAccount, await MailsOfKindAsync(MailKind.PasswordReset));
        // Beyond what one source may ask nothing is written at all.
        answers.Add(await AskAsync("alice"));
        Assert.Single(answers);
        await HandledAsync(PasswordResets.MostOfSource);
        _portal.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(1));
        await AskAsync("alice");
        while (await MailsOfKindAsync(MailKind.PasswordReset) <= PasswordResetDesk.MostOfAccount)
            await _mails.NextAsync();
    }

    [Fact]
    public async Task Asking_ChangesNothing()
    {
        User alice = await AddAsync("alice");
        using HttpClient browser = _portal.Browser();
        using (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "alice"), ("password", PortalHost.Password))) { }
        await AskAsync("alice");
        await _mails.NextAsync();
        Assert.Equal(0, await VersionOf(alice));
        using HttpResponseMessage account = await browser.GetAsync(PortalUrls.MyAccount, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
    }

    [Fact]
    public async Task Link_UsedExpiredOrSuperseded_IsTheSamePage()
    {
        User alice = await AddAsync("alice");
        Uri used = await LinkAsync("alice");
        Uri other = await LinkAsync("alice");
        using HttpClient browser = _portal.Browser();
        using (await ChooseAsync(browser, used, NewPassword)) { }
        string usedPage = await OpenAsync(used);
        string supersededPage = await OpenAsync(other);
        Uri expired = await LinkAsync("alice");
        _portal.Time.Advance(TimeSpan.FromMinutes(61));
        string expiredPage = await OpenAsync(expired);
        Uri moved = await LinkAsync("alice");
        await ChangeAsync(alice, user => (user.Email, user.NormalizedEmail) = ("new@example.test", "new@example.test"));
        string movedPage = await OpenAsync(moved);
        string unknownPage = await OpenAsync(new Uri(_portal.Portal, PortalUrls.SetPassword + "?token=%25%25"));
        Assert.Contains("invalid or has expired", usedPage, StringComparison.Ordinal);
        Assert.Single(new HashSet<string> { usedPage, supersededPage, expiredPage, movedPage, unknownPage });
    }

    [Fact]
    public async Task Link_OpenedByAMailScanner_IsNotUsedUp()
    {
        await AddAsync("alice");
        Uri link = await LinkAsync("alice");
        for (int i = 0; i < 3; i++)
            await OpenAsync(link);
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage chosen = await ChooseAsync(browser, link, NewPassword);
        Assert.Contains("Your password is set", await BodyOf(chosen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_GivenToAPoorPassword_StaysGood()
    {
        await AddAsync("alice");
        Uri link = await LinkAsync("alice");
        using HttpClient browser = _portal.Browser();
        foreach (string poor in (string[])["short", "aaaaaaaaaaaaaaaaaaaa", "alicealicealicealice", "password123password123"])
        {
            using HttpResponseMessage refused = await ChooseAsync(browser, link, poor);
            Assert.Contains("field-error", await BodyOf(refused), StringComparison.Ordinal);
        }
        using HttpResponseMessage chosen = await ChooseAsync(browser, link, NewPassword);
        Assert.Contains("Your password is set", await BodyOf(chosen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_InTwoTabsAtOnce_SetsOnePassword()
    {
        User alice = await AddAsync("alice");
        Uri link = await LinkAsync("alice");
        HttpClient[] tabs = [.. Enumerable.Range(0, 4).Select(_ => _portal.Browser())];
        string[] pages = await Task.WhenAll(tabs.Select(tab => OpenFormAsync(tab, link)));
        HttpResponseMessage[] answers = await Task.WhenAll(tabs.Select((tab, i) => PortalHost.PostAsync(tab, PortalUrls.SetPassword, pages[i], "set-password", ("password", $"{NewPassword} number {i}"))));
        string[] bodies = await Task.WhenAll(answers.Select(BodyOf));
        Assert.Single(bodies, body => body.Contains("Your password is set", StringComparison.Ordinal));
        Assert.Equal(1, await VersionOf(alice));
        foreach (HttpClient tab in tabs)
            tab.Dispose();
    }

    [Fact]
    public async Task Link_OfSomebodySuspendedMeanwhile_IsVoid()
    {
        User alice = await AddAsync("alice");
        Uri link = await LinkAsync("alice");
        using HttpClient browser = _portal.Browser();
        string page = await OpenFormAsync(browser, link);
        await ChangeAsync(alice, user => user.SuspendedAt = _portal.Time.GetUtcNow());
        using HttpResponseMessage refused = await PortalHost.PostAsync(browser, PortalUrls.SetPassword, page, "set-password", ("password", NewPassword));
        Assert.Contains("invalid or has expired", await BodyOf(refused), StringComparison.Ordinal);
        Assert.Equal(0, await VersionOf(alice));
    }

    [Theory]
    [InlineData(false, DeviceState.Approved)]
    [InlineData(true, DeviceState.Revoked)]
    public async Task Devices_Survive_UnlessTheirOwnerTicksOtherwise(bool ticked, DeviceState expected)
    {
        User alice = await AddAsync("alice");
        await using (PortalDbContext db = await _portal.OpenDatabaseAsync())
        {
            db.Devices.Add(new Device { UserId = alice.Id, Name = "laptop", SecretDigest = new byte[32] });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        Uri link = await LinkAsync("alice");
        using HttpClient browser = _portal.Browser();
        string page = await OpenFormAsync(browser, link);
        Assert.Contains("name=\"revokeDevices\"", page, StringComparison.Ordinal);
        (string, string)[] fields = ticked ? [("password", NewPassword), ("revokeDevices", "true")] : [("password", NewPassword)];
        using (await PortalHost.PostAsync(browser, PortalUrls.SetPassword, page, "set-password", fields)) { }
        await using PortalDbContext after = await _portal.OpenDatabaseAsync();
        Assert.Equal(expected, (await after.Devices.SingleAsync(TestContext.Current.CancellationToken)).State);
    }

    [Fact]
    public async Task Administrator_AfterAReset_StillOwesTheSecondFactor()
    {
        await AddAsync("boss", adjust: user => (user.Role, user.TwoFactorEnabled) = (PortalRole.Administrator, true));
        using HttpClient browser = _portal.Browser();
        using (await ChooseAsync(browser, await LinkAsync("boss"), NewPassword)) { }
        using HttpResponseMessage signedIn = await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "boss"), ("password", NewPassword));
        Assert.EndsWith(PortalUrls.SecondFactor, signedIn.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_InGerman_IsAnsweredAndMailedInGerman()
    {
        await AddAsync("alice");
        using HttpClient browser = _portal.Browser();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-AT,de;q=0.9,en;q=0.5");
        Assert.Contains("Sehen Sie in Ihre E-Mail", await AskAsync("alice", browser), StringComparison.Ordinal);
        Assert.StartsWith("Neues Passwort", (await _mails.NextAsync()).Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u0007b")]
    [InlineData("<255>")]
    public async Task Ask_WhatCannotBeAnybody_NamesTheField(string typed)
    {
        string answer = await AskAsync(typed == "<255>" ? new string('a', 255) : typed);
        Assert.Contains("Enter your user-id or your mail address.", answer, StringComparison.Ordinal);
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        Assert.False(await db.PasswordResetRequests.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Typed_IsNotKept_AndUnknownNamesAreNowhere()
    {
        await AskAsync("my secret pass phrase typed here");
        await HandledAsync(1);
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        Assert.Null((await db.PasswordResetRequests.SingleAsync(TestContext.Current.CancellationToken)).Typed);
        AuditEntry entry = await db.AuditEntries.SingleAsync(row => row.Action == AuditAction.PasswordResetRefused, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("phrase", entry.TargetName + entry.After, StringComparison.Ordinal);
    }

    private async Task<User> AddAsync(string userId, string? email = "", Action<User>? adjust = null)
    {
        string? address = email?.Length == 0 ? $"{userId}@example.test" : email;
        return await _portal.AddUserAsync(userId, adjust: user =>
        {
            (user.Email, user.NormalizedEmail) = (address, address);
            adjust?.Invoke(user);
        });
    }

    private async Task<string> AskAsync(string name, HttpClient? browser = null)
    {
        using HttpClient own = _portal.Browser();
        using HttpResponseMessage answer = await PortalHost.SubmitAsync(browser ?? own, PortalUrls.ForgotPassword, "forgot-password", ("login", name));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Volatile().Replace(await BodyOf(answer), "");
    }

    private async Task<Uri> LinkAsync(string userId)
    {
        await AskAsync(userId);
        MimeMessage mail;
        do
            mail = await _mails.NextAsync();
        while (!Link().IsMatch(mail.TextBody!));
        return LinkOf(mail);
    }

    // The requests are handled behind the scenes; this lends a hand until they are.
    private async Task HandledAsync(int count)
    {
        for (int i = 0; i < 1000; i++)
        {
            await using PortalDbContext db = await _portal.OpenDatabaseAsync();
            if (await db.PasswordResetRequests.CountAsync(request => request.HandledAt != null, TestContext.Current.CancellationToken) >= count)
                return;
            try
            {
                await _portal.Get<PasswordResetDesk>().HandleAsync(TestContext.Current.CancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                // The portal itself was quicker.
            }
        }
        Assert.Fail("The requests were not handled.");
    }

    private async Task<int> MailsOfKindAsync(MailKind kind)
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        return await db.Mails.CountAsync(mail => mail.Kind == kind, TestContext.Current.CancellationToken);
    }

    private async Task<long> VersionOf(User user)
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        return (await db.Users.SingleAsync(row => row.Id == user.Id, TestContext.Current.CancellationToken)).PasswordVersion;
    }

    private async Task ChangeAsync(User user, Action<User> change)
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        change(await db.Users.SingleAsync(row => row.Id == user.Id, TestContext.Current.CancellationToken));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private Task<HttpResponseMessage> ChooseAsync(HttpClient browser, MimeMessage mail, string password) => ChooseAsync(browser, LinkOf(mail), password);

    private async Task<HttpResponseMessage> ChooseAsync(HttpClient browser, Uri link, string password) =>
        await PortalHost.PostAsync(browser, PortalUrls.SetPassword, await OpenFormAsync(browser, link), "set-password", ("password", password));

    private async Task<string> OpenFormAsync(HttpClient browser, Uri link)
    {
        using (HttpResponseMessage moved = await browser.GetAsync(new Uri(_portal.Portal, link.PathAndQuery), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        return await browser.GetStringAsync(PortalUrls.SetPassword, TestContext.Current.CancellationToken);
    }

    private async Task<string> OpenAsync(Uri link)
    {
        using HttpClient scanner = _portal.Browser();
        using HttpResponseMessage answer = await scanner.GetAsync(new Uri(_portal.Portal, link.PathAndQuery), TestContext.Current.CancellationToken);
        return answer.StatusCode + Volatile().Replace(await BodyOf(answer), "");
    }

    private static Task<string> BodyOf(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static Uri LinkOf(MimeMessage mail) => new(Link().Match(mail.TextBody!).Value);

    [GeneratedRegex(@"https://\S+token=\S+")]
    private static partial Regex Link();

    // Tokens and nonces differ from answer to answer, and the address of the language form repeats what was asked for.
    [GeneratedRegex("value=\"[^\"]*\"|nonce=\"[^\"]*\"|<!--Blazor-Server-Component-State:[^>]*-->")]
    private static partial Regex Volatile();
}
