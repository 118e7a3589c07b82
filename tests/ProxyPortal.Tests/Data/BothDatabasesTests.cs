using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Hosting;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Data;

/// <summary>What must be the same on SQLite and PostgreSQL; tests/run.sh runs it on both.</summary>
public sealed class BothDatabasesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static UserInput Alice => new() { UserId = "Alice", DisplayName = "Alice Ångström", Email = "alice@example.test" };

    [Fact]
    public async Task Database_OfThisRun_IsTheOneThatWasAskedFor()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        Assert.Equal(TestDatabase.Read(Environment.GetEnvironmentVariable("PROXYPORTAL_TEST_DATABASE")) is DatabaseProvider.Postgres, db.Database.IsNpgsql());
        Assert.Throws<InvalidOperationException>(() => TestDatabase.Read("postgres"));
    }

    [Fact]
    public async Task Migrations_AppliedToAnEmptyDatabase_GiveTheModelAndNothingIsLeftToDo()
    {
        string folder = Directory.CreateTempSubdirectory("portal-test-").FullName;
        await using TestDatabase empty = TestDatabase.For(folder);
        await empty.CreateAsync(empty: true);
        await using (PortalHost server = await PortalHost.StartAsync(new PortalStart { Listens = false, Folder = folder, Database = empty }))
        await using (PortalDbContext db = await server.OpenDatabaseAsync())
        {
            Assert.Empty(await db.Database.GetPendingMigrationsAsync(Token));
            Assert.False(db.Database.HasPendingModelChanges());
            Assert.Equal(0, await server.Get<DatabaseMigrator>().CountPendingAsync(Token));
            await server.Get<DatabaseMigrator>().MigrateAsync(Token);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task User_CreatedChangedAndChangedFromAnOldPage_KeepsTheFirstChange()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        UserService users = server.Get<UserService>();
        Guid id = (await users.CreateAsync(Actor.Portal, Alice, Token)).Value.Id;
        Assert.Equal("userId_taken", (await users.CreateAsync(Actor.Portal, Alice with { UserId = "ALICE" }, Token)).Error?.Code);

        long version = (await users.GetAsync(Actor.Portal, id, Token)).Value.Version;
        DateTimeOffset end = new(2027, 12, 31, 1, 2, 3, TimeSpan.FromHours(2));
        Assert.True((await users.ChangeAsync(Actor.Portal, id, Alice with { DisplayName = "First", ValidUntil = end }, version, Token)).Succeeded);
        Assert.Equal("conflict", (await users.ChangeAsync(Actor.Portal, id, Alice with { DisplayName = "Second" }, version, Token)).Error?.Code);

        UserDetail now = (await users.GetAsync(Actor.Portal, id, Token)).Value;
        Assert.Equal(("alice", "First", end), (now.UserId, now.DisplayName, now.ValidUntil));
    }

    [Fact]
    public async Task SaveChanges_OfTwoWhoReadTheSameRow_RefusesTheSecond()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.Get<UserService>().CreateAsync(Actor.Portal, Alice, Token);
        await using PortalDbContext one = await server.OpenDatabaseAsync();
        await using PortalDbContext two = await server.OpenDatabaseAsync();
        (await one.Users.SingleAsync(Token)).Notes = "one";
        (await two.Users.SingleAsync(Token)).Notes = "two";
        await one.SaveChangesAsync(Token);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => two.SaveChangesAsync(Token));
    }

    [Fact]
    public async Task Save_WhileAnotherProgramHoldsTheTable_EndsAsBusyAndNotAsANameThatIsTaken()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await using (PortalDbContext other = await server.OpenDatabaseAsync())
        {
            await OtherProgram.HoldUsersAsync(other, Token);
            await Assert.ThrowsAsync<DatabaseBusyException>(() => server.Get<UserService>().CreateAsync(Actor.Portal, Alice, Token));
        }
        Assert.True((await server.Get<UserService>().CreateAsync(Actor.Portal, Alice, Token)).Succeeded);
    }

    [Fact]
    public async Task Save_BreaksARuleOtherThanUniqueness_IsNoNameThatIsTaken()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        db.Devices.Add(new Device { UserId = Guid.CreateVersion7(), Name = "orphan", SecretDigest = new byte[32] });
        Assert.False(UniqueViolation.Caused(await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Token))));
    }

    [Fact]
    public async Task Change_AfterItsCommit_CountsHereAtOnceAndOnASecondNodeWithinAPoll()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        if (TestDatabase.OfTheRun is DatabaseProvider.Sqlite)
        {
            // A SQLite file has one portal. What the verbs of another process do to it, SqliteTests holds.
            await Assert.ThrowsAsync<StartRefusedException>(server.StartSecondNodeAsync);
            return;
        }
        await using PortalHost second = await server.StartSecondNodeAsync();
        UserService users = server.Get<UserService>();
        Guid id = (await users.CreateAsync(Actor.Portal, Alice, Token)).Value.Id;
        Assert.NotNull(server.Get<DirectoryIndex>().FindUser("alice"));
        await EventuallyAsync(() => second.Get<DirectoryIndex>().FindUser("alice") is not null);

        await users.SuspendAsync(Actor.Portal, id, Token);
        Assert.True(server.Get<DirectoryIndex>().FindUser("alice")!.Suspended);
        await EventuallyAsync(() => second.Get<DirectoryIndex>().FindUser("alice") is { Suspended: true });

        await users.DeleteAsync(Actor.Portal, id, Token);
        Assert.Null(server.Get<DirectoryIndex>().FindUser("alice"));
        await EventuallyAsync(() => second.Get<DirectoryIndex>().FindUser("alice") is null);
    }

    [Fact]
    public async Task Audit_OfAChangeThatIsRolledBack_IsRolledBackToo()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.Get<UserService>().CreateAsync(Actor.Portal, Alice, Token);
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        Assert.Equal(AuditAction.UserCreated, (await db.AuditEntries.SingleAsync(Token)).Action);
        db.Users.Add(new User { Id = Guid.CreateVersion7(), UserName = "alice", NormalizedUserName = "alice", DisplayName = "twin" });
        server.Get<AuditTrail>().Add(db, Actor.Portal, AuditAction.UserCreated, new AuditTarget("user", null, "alice"));
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Token));
        await using PortalDbContext after = await server.OpenDatabaseAsync();
        Assert.Equal((1, 1, 1), (await after.Users.CountAsync(Token), await after.AuditEntries.CountAsync(Token), await after.DirectoryChanges.CountAsync(Token)));
    }

    [Fact]
    public async Task Settings_Changed_AreInForceAndSurviveAReload()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        SettingsService settings = server.Get<SettingsService>();
        Result changed = await settings.ChangeAsync(Actor.Portal, "Example ÄG", "https://portal.example.test/", Token);
        Assert.True(changed.Succeeded);
        await settings.LoadAsync(Token);
        Assert.Equal(new EffectiveSettings("Example ÄG", "https://portal.example.test", false), settings.Current);
    }

    [Fact]
    public async Task Cursor_NumberThatBecomesVisibleLate_IsReadThenAndOnlyOnce()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var cursor = new ChangeCursor(0);
        Assert.Equal("1 2 5", await AddAndReadAsync(server, cursor, now, 1, 2, 5));
        Assert.Equal("4", await AddAndReadAsync(server, cursor, now.AddSeconds(1), 4));
        Assert.Equal("3 6", await AddAndReadAsync(server, cursor, now.AddSeconds(2), 3, 6));
        Assert.Equal("", await AddAndReadAsync(server, cursor, now.AddSeconds(3)));
        Assert.Equal("9", await AddAndReadAsync(server, cursor, now.AddSeconds(4), 9));
        // Nobody's transaction is open that long: the numbers belong to saves that were rolled back.
        Assert.Equal("", await AddAndReadAsync(server, cursor, now.AddSeconds(90), 7));
    }

    private static async Task<string> AddAndReadAsync(PortalHost server, ChangeCursor cursor, DateTimeOffset now, params long[] sequences)
    {
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        db.DirectoryChanges.AddRange(sequences.Select(sequence => new DirectoryChange { Sequence = sequence, Part = DirectoryPart.User, EntityId = Guid.Empty, At = now }));
        await db.SaveChangesAsync(Token);
        List<DirectoryChange> changes = await cursor.ReadAsync(db, now, Token);
        cursor.Advance(changes, now);
        return string.Join(' ', changes.Select(change => change.Sequence));
    }

    internal static async Task EventuallyAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (int i = 0; i < 100 && !condition(); i++)
            await timer.WaitForNextTickAsync(Token);
        Assert.True(condition());
    }
}
