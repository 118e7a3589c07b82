using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Data;

public sealed class ManyRowsTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private readonly Group _staff = new() { Name = "staff" };
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        await _host.AddRowAsync(_staff);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task InsertedUser_IsTheSameAsATrackedOne_InEveryColumn()
    {
        User inserted = Make("inserted");
        await InsertAsync(inserted);
        User tracked = Make("tracked");
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            tracked.Groups.Add(await db.Groups.SingleAsync(group => group.Id == _staff.Id, None));
            db.Users.Add(tracked);
            await db.SaveChangesAsync(None);
        }
        await using PortalDbContext read = await _host.OpenAsync();
        Assert.Equal(await UserColumns.ReadAsync(read, "tracked"), await UserColumns.ReadAsync(read, "inserted"));
        Assert.Equal("staff", (await read.Users.Include(user => user.Groups).SingleAsync(user => user.Id == inserted.Id, None)).Groups.Single().Name);
        Assert.Equal(["staff"], _host.Get<DirectoryIndex>().FindUser("inserted")!.Access.Now.Groups);
    }

    [Fact]
    public async Task NameThatIsTaken_IsAnUpdateFault_AndNothingIsLeft()
    {
        await InsertAsync(Make("alice"));
        await Assert.ThrowsAsync<DbUpdateException>(() => InsertAsync(Make("bob"), Make("alice")));
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.False(await db.Users.AnyAsync(user => user.UserName == "bob", None));
    }

    [Fact]
    public async Task OutsideOfATransactionThatTellsOfThem_IsRefused()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => UserRows.InsertAsync(db, [Make("alice")], None));
    }

    [Fact]
    public async Task ManyEntriesInOneSave_AreChainedAndReachTheFeed()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        List<User> users = [.. Enumerable.Range(0, 120).Select(number => Make($"user{number:000}"))];
        foreach (User user in users)
        {
            db.Users.Add(user);
            _host.Get<AuditTrail>().Add(db, Actor.Portal, AuditAction.UserCreated, UserAudit.Target(user), after: UserAudit.Snapshot(user));
        }
        await db.SaveChangesAsync(None);
        Assert.Equal(120, await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.UserCreated && entry.Hash != null, None));
        Assert.Null((await _host.Get<AuditVerification>().RunAsync(None)).Fault);
        Assert.NotNull(_host.Get<DirectoryIndex>().FindUser("user119"));
    }

    private async Task InsertAsync(params User[] users)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        Group staff = await db.Groups.SingleAsync(group => group.Id == _staff.Id, None);
        await db.SaveAllOrNothingAsync(async () =>
        {
            foreach (User user in users)
                user.Groups.Add(staff);
            await UserRows.InsertAsync(db, users, None);
            await db.SaveChangesAsync(None);
        }, None);
    }

    private User Make(string name)
    {
        User user = UserFields.Create(name, _time.GetUtcNow());
        (user.DisplayName, user.Email, user.Kind, user.Role) = ("Ä \"quoted\"", "a@b.test", UserKind.Service, PortalRole.Operator);
        (user.Tags, user.RoleGroups) = (["blue", "größe"], [_staff.Id]);
        (user.ValidUntil, user.DaysFromFirstUse, user.PasswordHash, user.PasswordVersion) = (_time.GetUtcNow().AddDays(3), 30, "$2y$x", 7);
        (user.RequireSecondFactor, user.MustChangePassword) = (false, true);
        return user;
    }
}
