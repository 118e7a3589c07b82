using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Data;

public sealed class RowUpdateTests : IAsyncLifetime
{
    private const int Many = 60;
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        await using PortalDbContext db = await _host.OpenAsync();
        db.Users.AddRange(Enumerable.Range(0, Many + 1).Select(number => UserFields.Create($"user{number:00}", _time.GetUtcNow())));
        await db.SaveChangesAsync(None);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task UserChangedAmongMany_IsTheSameAsOneChangedAlone_InEveryColumn()
    {
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            await ChangeAsync(db, user => user.UserName != "user60");
            await db.SaveChangesAsync(None);
            Assert.Equal(0, db.ChangeTracker.Entries<User>().Count(entry => entry.State is not EntityState.Unchanged));
        }
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            await ChangeAsync(db, user => user.UserName == "user60");
            await db.SaveChangesAsync(None);
        }
        await using PortalDbContext read = await _host.OpenAsync();
        Assert.Equal(await UserColumns.ReadAsync(read, "user60"), await UserColumns.ReadAsync(read, "user00"));
        Assert.True(_host.Get<DirectoryIndex>().FindUser("user00")!.Suspended);
    }

    [Fact]
    public async Task RowThatSomeoneElseChanged_RefusesAll_AndOnceItIsReadAgainAllIsSaved()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        await ChangeAsync(db, _ => true);
        Guid raced = db.Users.Local.Single(user => user.UserName == "user33").Id;
        await _host.ChangeUserAsync(raced, user => user.Notes = "first");

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(None));
        await using (PortalDbContext read = await _host.OpenAsync())
            Assert.False(await read.Users.AnyAsync(user => user.SuspendedAt != null, None));

        await db.Entry(db.Users.Local.Single(user => user.Id == raced)).ReloadAsync(None);
        await db.SaveChangesAsync(None);
        await using PortalDbContext after = await _host.OpenAsync();
        // All of them and the host's administrator, but the one.
        Assert.Equal(Many + 1, await after.Users.CountAsync(user => user.SuspendedAt != null, None));
        Assert.Null((await _host.Get<AuditVerification>().RunAsync(None)).Fault);
    }

    [Fact]
    public async Task SameContext_ThatSavesAgain_KnowsWhatItSaved()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        await ChangeAsync(db, _ => true);
        await db.SaveChangesAsync(None);
        await ChangeAsync(db, _ => true, "and again");
        await db.SaveChangesAsync(None);
        await using PortalDbContext read = await _host.OpenAsync();
        Assert.Equal(Many + 2, await read.Users.CountAsync(user => user.Notes == "and again" && user.Version == 2, None));
    }

    private async Task ChangeAsync(PortalDbContext db, Func<User, bool> which, string notes = "Größe \"12\"")
    {
        foreach (User user in (await db.Users.ToListAsync(None)).Where(which))
        {
            (user.SuspendedAt, user.ValidUntil, user.Tags, user.Notes, user.DaysFromFirstUse) = (_time.GetUtcNow(), _time.GetUtcNow().AddDays(3), ["blue"], notes, null);
            _host.Get<AuditTrail>().Add(db, Actor.Portal, AuditAction.UserChanged, UserAudit.Target(user), after: UserAudit.Snapshot(user));
        }
    }
}
