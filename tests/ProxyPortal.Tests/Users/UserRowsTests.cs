using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Tests.Data;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Users;

public sealed class UserRowsTests : IAsyncLifetime
{
    private const int Many = 60;
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private readonly Group _staff = new() { Name = "staff" };
    private readonly Group _guests = new() { Name = "guests" };
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        await using PortalDbContext db = await _host.OpenAsync();
        db.AddRange(_staff, _guests);
        for (int number = 0; number <= Many; number++)
        {
            User user = UserFields.Create($"user{number:00}", _time.GetUtcNow());
            (user.PasswordHash, user.PasswordVersion) = ("first", 1);
            user.Groups.Add(_staff);
            db.Users.Add(user);
        }
        await db.SaveChangesAsync(None);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task UserChangedAmongMany_IsTheSameAsOneChangedAlone_InEveryColumn()
    {
        await using (PortalDbContext db = await _host.OpenAsync())
            await ChangeAsync(db, await ReadAsync(db, user => user.UserName != "user60"));
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            User alone = await db.Users.Include(user => user.Groups).SingleAsync(user => user.UserName == "user60", None);
            Change(alone);
            await db.SaveChangesAsync(None);
        }
        await using PortalDbContext read = await _host.OpenAsync();
        Assert.Equal(await UserColumns.ReadAsync(read, "user60"), await UserColumns.ReadAsync(read, "user00"));
        Assert.True(_host.Get<DirectoryIndex>().FindUser("user00")!.Suspended);
        Assert.Null((await _host.Get<AuditVerification>().RunAsync(None)).Fault);
    }

    [Fact]
    public async Task UserWhomSomeoneElseChanged_RefusesAll()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        UserRows rows = await ReadAsync(db, _ => true);
        await _host.ChangeUserAsync(rows.Users.Single(user => user.UserName == "user33").Id, user => user.Notes = "first");
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => ChangeAsync(db, rows));
        await using PortalDbContext read = await _host.OpenAsync();
        Assert.False(await read.Users.AnyAsync(user => user.SuspendedAt != null, None));
        Assert.False(await read.AuditEntries.AnyAsync(entry => entry.Action == AuditAction.UserChanged, None));
    }

    [Fact]
    public async Task UserWhoWasNotChanged_KeepsTheVersion()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        UserRows rows = await ReadAsync(db, _ => true);
        rows.Users[7].Tags = [.. rows.Users[7].Tags];
        rows.Users[8].Notes = "changed";
        await SaveAsync(db, rows);
        await using PortalDbContext read = await _host.OpenAsync();
        Assert.Equal([rows.Users[8].Id], await read.Users.Where(user => user.Version == 1).Select(user => user.Id).ToListAsync(None));
    }

    [Fact]
    public async Task ListThatIsChangedInItsPlace_IsSavedToo()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        UserRows rows = await ReadAsync(db, user => user.UserName == "user05");
        rows.Users[0].Tags.Add("blue");
        await SaveAsync(db, rows);
        await using PortalDbContext read = await _host.OpenAsync();
        Assert.Equal(["blue"], (await read.Users.SingleAsync(user => user.UserName == "user05", None)).Tags);
    }

    [Fact]
    public async Task Memberships_AreWrittenTogether_AndGuardedByTheVersion()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        UserRows rows = await ReadAsync(db, user => user.UserName!.StartsWith("user"));
        foreach (User user in rows.Users)
            UserFields.JoinOnly(user, [_guests]);
        await SaveAsync(db, rows);
        Assert.Equal(["guests"], _host.Get<DirectoryIndex>().FindUser("user42")!.Access.Now.Groups);
        await using PortalDbContext read = await _host.OpenAsync();
        Assert.All(await read.Users.Include(user => user.Groups).Where(user => user.UserName!.StartsWith("user")).ToListAsync(None), user =>
        {
            Assert.Equal(1, user.Version);
            Assert.Equal("guests", Assert.Single(user.Groups).Name);
        });
    }

    [Fact]
    public async Task PasswordThatIsReplaced_IsKeptAsAFormerOne()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        UserRows rows = await ReadAsync(db, user => user.UserName == "user05");
        (rows.Users[0].PasswordHash, rows.Users[0].PasswordVersion) = ("second", 2);
        await SaveAsync(db, rows);
        await using PortalDbContext read = await _host.OpenAsync();
        FormerSecret former = await read.FormerSecrets.SingleAsync(None);
        Assert.Equal((rows.Users[0].Id, "first"), (former.UserId, former.Stored));
    }

    private static async Task<UserRows> ReadAsync(PortalDbContext db, System.Linq.Expressions.Expression<Func<User, bool>> which) =>
        await UserRows.ReadAsync(db, await db.Users.Where(which).Select(user => user.Id).ToListAsync(None), withGroups: true, withDevices: true, None);

    private async Task ChangeAsync(PortalDbContext db, UserRows rows)
    {
        foreach (User user in rows.Users)
        {
            Change(user);
            _host.Get<AuditTrail>().Add(db, Actor.Portal, AuditAction.UserChanged, UserAudit.Target(user), after: UserAudit.Snapshot(user));
        }
        await SaveAsync(db, rows);
    }

    private void Change(User user)
    {
        (user.SuspendedAt, user.ValidUntil, user.Tags, user.Notes, user.DaysFromFirstUse) = (_time.GetUtcNow(), _time.GetUtcNow().AddDays(3), ["blue"], "Größe \"12\"", null);
        user.RoleGroups = [_staff.Id];
    }

    private Task SaveAsync(PortalDbContext db, UserRows rows) => db.SaveAllOrNothingAsync(async () =>
    {
        await rows.UpdateAsync(_time.GetUtcNow(), None);
        await db.SaveChangesAsync(None);
    }, None);
}
