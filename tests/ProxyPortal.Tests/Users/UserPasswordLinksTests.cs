using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Mail;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Users;

/// <summary>Links to a new password for somebody else: one of them works at a time, and a mailed one is seen by its reader alone.</summary>
public sealed class UserPasswordLinksTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;

    private UserPasswordLinks PasswordLinks => _host.Get<UserPasswordLinks>();

    public async ValueTask InitializeAsync() => _host = await ServiceHost.StartAsync(_time);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Mailed_GoesToTheStoredAddress_AndVoidsWhatWasHandedOver()
    {
        CreatedUser alice = await _host.AddUserAsync("alice", input => input with { Email = "alice@example.test" });
        Assert.True((await PasswordLinks.MailAsync(_host.Admin, alice.Id, None)).Succeeded);
        await using PortalDbContext db = await _host.OpenAsync();
        OutboxMail mail = await db.Mails.AsNoTracking().SingleAsync(None);
        Assert.Equal((MailKind.Invitation, "alice@example.test", _time.GetUtcNow().AddHours(24)), (mail.Kind, mail.ToAddress, mail.UsefulUntil));
        Assert.Null(await _host.Get<OneTimeLinks>().FindAsync(alice.PasswordLink.Token, LinkPurpose.SetPassword, None));
        OneTimeLink link = await db.OneTimeLinks.AsNoTracking().SingleAsync(row => row.UserId == alice.Id, None);
        Assert.Equal("alice@example.test", link.SentTo);
    }

    [Fact]
    public async Task Mailed_ToNobody_IsRefused_AndEarlierLinksStay()
    {
        CreatedUser bare = await _host.AddUserAsync("bare");
        CreatedUser suspended = await _host.AddUserAsync("suspended", input => input with { Email = "s@example.test" });
        Assert.True((await _host.Users.SuspendAsync(_host.Admin, suspended.Id, None)).Succeeded);
        Assert.Equal(UserPasswordLinks.NoAddress, (await PasswordLinks.MailAsync(_host.Admin, bare.Id, None)).Error);
        Assert.Equal(UserPasswordLinks.Suspended, (await PasswordLinks.MailAsync(_host.Admin, suspended.Id, None)).Error);
        Assert.NotNull(await _host.Get<OneTimeLinks>().FindAsync(bare.PasswordLink.Token, LinkPurpose.SetPassword, None));
    }

    [Fact]
    public async Task Issued_WhileAnEarlierOneIsUsed_NeverBreaks()
    {
        CreatedUser alice = await _host.AddUserAsync("alice");
        Result<IssuedLink>[] issued = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PasswordLinks.IssueAsync(_host.Admin, alice.Id, None)));
        Assert.Contains(issued, link => link.Succeeded);
        Assert.All(issued, link => Assert.True(link.Succeeded || link.Error == UserService.Conflict));
    }
}
