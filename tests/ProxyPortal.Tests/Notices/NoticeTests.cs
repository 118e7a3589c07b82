using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Mail;
using ProxyPortal.Notices;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Notices;

/// <summary>What people are told: each thing once, by the way they chose, and nothing of it by the page that changed something.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;
    private Guid _alice;

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        _alice = (await _host.AddUserAsync("alice", input => input with { Email = "alice@example.test" })).Id;
        await ReadTrailAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task WhatHappenedBeforeThereWereNotices_IsOldNews()
    {
        await ReadTrailAsync();
        Assert.Empty(await MailsAsync());
    }

    [Fact]
    public async Task Change_ReadTwiceAndByTwoNodes_IsToldOnce()
    {
        await AuditAsync(AuditAction.PasskeyAdded);
        await Task.WhenAll(TryReadAsync(), TryReadAsync());
        await ReadTrailAsync();
        await ReadTrailAsync();
        Assert.Equal("Your sign-in was changed", Assert.Single(await MailsAsync()).Subject);
    }

    [Fact]
    public async Task MailAddressChanged_IsToldAtBothAddresses()
    {
        UserDetail user = (await _host.Users.GetAsync(_host.Admin, _alice, None)).Value;
        Assert.True((await _host.Users.ChangeAsync(_host.Admin, _alice, UserDraft.Of(user).ToInput() with { Email = "new@example.test" }, user.Version, None)).Succeeded);
        await ReadTrailAsync();
        Assert.Equal(["alice@example.test", "new@example.test"], (await MailsAsync()).Select(mail => mail.ToAddress).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SignIn_FromAKnownPlace_IsNotToldOf()
    {
        await AuditAsync(AuditAction.SignedIn, "192.0.2.1");
        await AuditAsync(AuditAction.SignedIn, "192.0.2.1");
        await ReadTrailAsync();
        Assert.Empty(await MailsAsync());
        await AuditAsync(AuditAction.SignedIn, "198.51.100.7");
        await ReadTrailAsync();
        OutboxMail mail = Assert.Single(await MailsAsync());
        Assert.Equal("A sign-in from a new place", mail.Subject);
        Assert.Contains("198.51.100.7", _host.Get<MailOutbox>().Open(mail).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_AfterManyFailures_IsToldOf()
    {
        await AuditAsync(AuditAction.SignedIn, "192.0.2.1", new { method = "password", failedBefore = 7 });
        await ReadTrailAsync();
        Assert.Equal("A sign-in after 7 failed attempts", Assert.Single(await MailsAsync()).Subject);
    }

    [Fact]
    public async Task DeviceRequest_TellsItsOwnerAndThoseWhoDecide()
    {
        await _host.ChangeUserAsync(_host.Admin.Id!.Value, admin => admin.Email = "boss@example.test");
        var owner = new Actor(_alice, "alice", PortalRole.None, null);
        IssuedDeviceSecret device = (await _host.Get<DeviceService>().RequestAsync(owner, _alice, new DeviceInput { Name = "laptop", Reason = "for the trip" }, None)).Value;
        await ReadTrailAsync();
        Assert.Equal(["A device was added: alice+laptop", "A request waits: alice+laptop"], (await MailsAsync()).Select(mail => mail.Subject).Order(StringComparer.Ordinal));
        Assert.True((await _host.Get<DeviceDecisionService>().ApproveAsync(_host.Admin, device.Id, "have fun", None)).Succeeded);
        await ReadTrailAsync();
        OutboxMail decided = (await MailsAsync()).Single(mail => mail.Subject.StartsWith("Your device is approved", StringComparison.Ordinal));
        Assert.Contains("have fun", _host.Get<MailOutbox>().Open(decided).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Muted_IsNotMailed_ButWhatProtectsTheAccountAlwaysIs()
    {
        await _host.ChangeUserAsync(_alice, user => user.MutedNotices = ~0L);
        await AuditAsync(AuditAction.SignedIn, "192.0.2.1", new { failedBefore = 9 });
        await AuditAsync(AuditAction.PasswordSet);
        await ReadTrailAsync();
        Assert.Equal("Your password was changed", Assert.Single(await MailsAsync()).Subject);
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal(2, await db.Notices.CountAsync(None));
    }

    [Fact]
    public async Task Wishes_AreTheOwners_AndWhatProtectsTheAccountStaysOn()
    {
        NoticeChoices choices = _host.Get<NoticeChoices>();
        var owner = new Actor(_alice, "alice", PortalRole.None, null);
        Assert.True((await choices.SaveAsync(owner, new HashSet<NoticeKind> { NoticeKind.NewDevice }, daily: true, None)).Succeeded);
        NoticeWishes wishes = (await choices.GetAsync(owner, None)).Value;
        Assert.True(wishes.Daily);
        Assert.Contains(NoticeKind.NewDevice, wishes.Mailed);
        Assert.Contains(NoticeKind.PasswordChanged, wishes.Mailed);
        Assert.DoesNotContain(NoticeKind.NewSignIn, wishes.Mailed);
        Assert.Equal("forbidden", (await choices.SaveAsync(Actor.Nobody, wishes.Mailed, false, None)).Error!.Code);
    }

    [Fact]
    public async Task Digest_ComesOnceInTheMorning_WithAllThatCouldWait()
    {
        await _host.ChangeUserAsync(_alice, user => user.NoticeDigest = true);
        await _host.AddRowAsync(new Device { UserId = _alice, Name = "laptop", SecretDigest = new byte[32], ExpiresAt = _time.GetUtcNow().AddDays(2) },
            new Device { UserId = _alice, Name = "phone", SecretDigest = new byte[32], ExpiresAt = _time.GetUtcNow().AddDays(6) });
        await _host.Get<EndingNotices>().GiveAsync(None);
        Assert.Empty(await MailsAsync());
        Assert.Equal(0, await _host.Get<NoticeDigests>().SendAsync(None));
        _time.Advance(TimeSpan.FromHours(18));
        Assert.Equal(1, await _host.Get<NoticeDigests>().SendAsync(None));
        Assert.Equal(0, await _host.Get<NoticeDigests>().SendAsync(None));
        OutboxMail mail = Assert.Single(await MailsAsync());
        Assert.Equal("2 things about your access", mail.Subject);
        string text = _host.Get<MailOutbox>().Open(mail).Text;
        Assert.Contains("alice+laptop", text, StringComparison.Ordinal);
        Assert.Contains("alice+phone", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_IsToldOnTheDaysOfThePolicy_OnceEach_WithACalendarEntry()
    {
        var policy = new ExpiryPolicy { Name = "short", WarnDays = [7, 3], WarnsOnTheDay = true, WarnDaysAfter = [1] };
        await _host.AddRowAsync(policy, new Group { Name = "guests", ExpiryPolicyId = policy.Id });
        UserDetail user = (await _host.Users.GetAsync(_host.Admin, _alice, None)).Value;
        Assert.True((await _host.Users.ChangeAsync(_host.Admin, _alice, UserDraft.Of(user).ToInput() with { Groups = ["guests"], ValidUntil = _time.GetUtcNow().AddDays(10) }, user.Version, None)).Succeeded);
        var subjects = new List<string>();
        for (int hours = 0; hours < 24 * 13; hours += 6)
        {
            await _host.Get<EndingNotices>().GiveAsync(None);
            _time.Advance(TimeSpan.FromHours(6));
        }
        subjects.AddRange((await MailsAsync()).OrderBy(mail => mail.CreatedAt).Select(mail => mail.Subject));
        Assert.Equal(["Your access ends in 7 days", "Your access ends in 3 days", "Your access ends today", "Your access has ended"], subjects);
        string calendar = _host.Get<MailOutbox>().Open((await MailsAsync()).OrderBy(mail => mail.CreatedAt).First()).Calendar!;
        Assert.Contains("DTSTART:20261113T120000Z\r\n", calendar, StringComparison.Ordinal);
        Assert.All(calendar.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75));
    }

    [Fact]
    public async Task End_SpeaksTheReadersLanguage_ByTheReadersClock()
    {
        await _host.ChangeUserAsync(_alice, user => (user.Language, user.TimeZone) = ("de", "Europe/Berlin"));
        UserDetail user = (await _host.Users.GetAsync(_host.Admin, _alice, None)).Value;
        Assert.True((await _host.Users.ChangeAsync(_host.Admin, _alice, UserDraft.Of(user).ToInput() with { ValidUntil = _time.GetUtcNow().AddDays(3) }, user.Version, None)).Succeeded);
        await _host.Get<EndingNotices>().GiveAsync(None);
        OutboxMail mail = Assert.Single(await MailsAsync());
        Assert.Equal("Ihr Zugang endet in 3 Tagen", mail.Subject);
        Assert.Contains("6. Nov. 2026, 13:00 (Europe/Berlin)", _host.Get<MailOutbox>().Open(mail).Text, StringComparison.Ordinal);
    }

    private async Task AuditAsync(string action, string? address = null, object? after = null)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        var actor = new Actor(_alice, "alice", PortalRole.None, address is null ? null : System.Net.IPAddress.Parse(address));
        _host.Get<AuditTrail>().Add(db, actor, action, new AuditTarget("user", _alice, "alice"), after: after ?? new { method = "password", failedBefore = 0 });
        await db.SaveChangesAsync(None);
    }

    private async Task ReadTrailAsync()
    {
        while (await _host.Get<AuditNotices>().ReadAsync(None)) { }
    }

    private async Task TryReadAsync()
    {
        try
        {
            await _host.Get<AuditNotices>().ReadAsync(None);
        }
        catch (DbUpdateException)
        {
            // The other one was quicker, as on another node.
        }
    }

    private async Task<List<OutboxMail>> MailsAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.Mails.AsNoTracking().OrderBy(mail => mail.CreatedAt).ToListAsync(None);
    }
}
