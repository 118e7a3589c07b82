using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Bootstrap;
using ProxyPortal.Data;
using ProxyPortal.Proxies;
using ProxyPortal.Settings;
using ProxyPortal.Tests.Data;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Bootstrap;

public sealed class BootstrapApplyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_TheContractsFile_CreatesAllAndASecondTimeWritesNothing()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        BootstrapSummary first = await server.BootstrapAsync(BootstrapSample.Json);
        Assert.Equal(9, first.Created);
        Assert.True(server.Get<SettingsService>().Current.IsSetUp);
        string before = await TableDump.OfAsync(server);
        Assert.DoesNotContain(BootstrapSample.DeviceSecret, before, StringComparison.Ordinal);
        Assert.DoesNotContain(BootstrapSample.Password, before, StringComparison.Ordinal);

        Assert.Equal(new BootstrapSummary(0, 0), await server.BootstrapAsync(BootstrapSample.Json));
        Assert.Equal(before, await TableDump.OfAsync(server));
    }

    [Fact]
    public async Task Apply_Users_AreKnownToVerificationWithTheirDevicesAndRules()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(BootstrapSample.Json);
        var alice = server.Get<DirectoryIndex>().FindUser("alice");
        Assert.NotNull(alice?.PasswordHash);
        Assert.NotNull(alice.FindDevice("laptop"));
        Assert.Equal(["staff"], alice.Access.Groups);
        Assert.Single(alice.Access.Endpoints!);
        Assert.Null(server.Get<DirectoryIndex>().FindUser("admin")!.PasswordHash);
    }

    [Fact]
    public async Task Apply_AfterChangesByHand_RestoresWhatIsNamedAndLeavesTheRest()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(BootstrapSample.Json);
        UserService users = server.Get<UserService>();
        UserDetail alice = await FindAsync(server, "alice");
        await users.ChangeAsync(Actor.Portal, alice.Id, new UserInput { DisplayName = "Changed", Email = alice.Email, Notes = "by hand", ValidUntil = alice.ValidUntil }, alice.Version, Token);
        await users.CreateAsync(Actor.Portal, new UserInput { UserId = "bob" }, Token);

        Assert.Equal(new BootstrapSummary(0, 1), await server.BootstrapAsync(BootstrapSample.Json));
        alice = await FindAsync(server, "alice");
        Assert.Equal(("Alice", "by hand"), (alice.DisplayName, alice.Notes));
        Assert.Equal("bob", (await FindAsync(server, "bob")).UserId);
    }

    [Fact]
    public async Task Apply_NullInTheFile_EmptiesTheFieldAndALeftOutOneStays()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(BootstrapSample.Json);
        await server.BootstrapAsync("""{ "users": [ { "userId": "ALICE", "validUntil": null } ] }""");
        UserDetail alice = await FindAsync(server, "alice");
        Assert.Equal((null, "alice@example.test", true), (alice.ValidUntil, alice.Email, alice.HasPassword));
    }

    [Fact]
    public async Task Apply_UserInTheBinOrSuspended_StaysThere()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(BootstrapSample.Json);
        await server.Get<UserService>().DeleteAsync(Actor.Portal, (await FindAsync(server, "alice")).Id, Token);
        Assert.Equal(new BootstrapSummary(0, 0), await server.BootstrapAsync(BootstrapSample.Json));
        Assert.Null(server.Get<DirectoryIndex>().FindUser("alice"));
    }

    [Fact]
    public async Task Apply_ThirdCallerKey_RevokesTheOldestAndARevokedOneStaysRevoked()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(BootstrapSample.Json);
        foreach (char c in "xyx")
            await server.BootstrapAsync(BootstrapSample.Json.Replace("\"callerKey\": \"at-least", $"\"callerKey\": \"{c}at-least", StringComparison.Ordinal));
        Assert.Equal(new BootstrapSummary(0, 0), await server.BootstrapAsync(BootstrapSample.Json));
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        List<CallerKey> keys = await db.CallerKeys.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id).ToListAsync(Token);
        Assert.Equal("False True True", string.Join(' ', keys.Select(key => key.RevokedAt is null)));
    }

    [Fact]
    public async Task Apply_NewPassword_EndsSessionsAndIsAudited()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(BootstrapSample.Json);
        string? stamp = await StampAsync(server);
        await server.BootstrapAsync(BootstrapSample.Json.Replace("a long enough", "another long enough", StringComparison.Ordinal));
        Assert.NotEqual(stamp, await StampAsync(server));
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.BootstrapApplied, Token));
        Assert.Equal(1, await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.PasswordSet && entry.ActorName == "portal", Token));
    }

    private static async Task<string?> StampAsync(PortalHost server)
    {
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        return (await db.Users.SingleAsync(user => user.UserName == "alice", Token)).SecurityStamp;
    }

    private static async Task<UserDetail> FindAsync(PortalHost server, string userId)
    {
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        Guid id = await db.Users.Where(user => user.UserName == userId).Select(user => user.Id).SingleAsync(Token);
        return (await server.Get<UserService>().GetAsync(Actor.Portal, id, Token)).Value;
    }
}
