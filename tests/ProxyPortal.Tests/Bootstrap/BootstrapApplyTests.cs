using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Bootstrap;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
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
    public async Task Apply_AllThatGroupsAndPoliciesCanSay_IsStoredAndASecondTimeWritesNothing()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        const string Json = """
            { "expiryPolicies": [ { "name": "all", "default": true, "deviceSecretMaxAgeDays": 90, "overlapHours": 24, "idleDays": 60, "warnDays": [7], "warnOnTheDay": false, "warnDaysAfter": [1],
                "graceDays": 2, "jitterDays": 5, "spareDaysOff": true, "holidays": ["2026-12-25"], "passwordMaxAgeDays": 365, "passwordMinLength": 20, "passwordHistory": 3 } ],
              "groups": [ { "name": "staff", "description": "All of us.", "deviceLimit": 2, "devicesNeedApproval": true, "hours": "Mon 07:00-08:00" } ] }
            """;
        Assert.Equal(new BootstrapSummary(2, 0), await server.BootstrapAsync(Json));
        Assert.Equal(new BootstrapSummary(0, 0), await server.BootstrapAsync(Json));

        await using PortalDbContext db = await server.OpenDatabaseAsync();
        var policy = await db.ExpiryPolicies.SingleAsync(Token);
        Assert.Equal((true, 90, 24, 60, false, 2, 5, true, 365, 20, 3),
            (policy.IsDefault, policy.DeviceSecretMaxAgeDays!.Value, policy.OverlapHours!.Value, policy.IdleDays!.Value, policy.WarnsOnTheDay, policy.GraceDays!.Value, policy.JitterDays!.Value,
            policy.SparesDaysOff, policy.PasswordMaxAgeDays!.Value, policy.PasswordMinLength!.Value, policy.PasswordHistory!.Value));
        Assert.Equal([new DateOnly(2026, 12, 25)], policy.Holidays);
        var group = await db.Groups.SingleAsync(Token);
        Assert.Equal(("All of us.", 2, true, "UTC"), (group.Description!, group.DeviceLimit!.Value, group.DevicesNeedApproval, group.TimeZone!));
    }

    [Fact]
    public async Task Apply_WhatIsPublishedOfAnEndpoint_IsStoredInCanonicalForm_AndKeptWhereTheFileSaysNothing()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(Endpoint("https", """, "tlsName": " TLS.Example.test. ", "visibility": "public" """));
        Assert.Equal(("tls.example.test", EndpointVisibility.Public), await PublishedAsync(server));
        Assert.Equal(new BootstrapSummary(0, 0), await server.BootstrapAsync(Endpoint("https")));
        Assert.Equal(("tls.example.test", EndpointVisibility.Public), await PublishedAsync(server));

        // Without TLS there is no certificate, and a page would refuse to save an endpoint that has one.
        await server.BootstrapAsync(Endpoint("http"));
        Assert.Equal((null, EndpointVisibility.Public), await PublishedAsync(server));
        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(() => server.BootstrapAsync(Endpoint("http", """, "visibility": "everyone" """)));
        Assert.Contains("$.proxies[0].endpoints[0].visibility", refused.Message, StringComparison.Ordinal);

        static string Endpoint(string transport, string more = "") =>
            $$"""{ "proxies": [ { "name": "p", "realm": "R", "endpoints": [ { "name": "e", "host": "e.example.test", "port": 3128, "transport": "{{transport}}"{{more}} } ] } ] }""";

        static async Task<(string? TlsName, EndpointVisibility Visibility)> PublishedAsync(PortalHost server)
        {
            await using PortalDbContext db = await server.OpenDatabaseAsync();
            ProxyEndpoint endpoint = await db.ProxyEndpoints.SingleAsync(Token);
            return (endpoint.TlsName, endpoint.Visibility);
        }
    }

    [Fact]
    public async Task Apply_AnotherDefault_TakesTheFormersPlace()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync("""{ "expiryPolicies": [ { "name": "old", "default": true } ] }""");
        Assert.Equal(new BootstrapSummary(1, 1), await server.BootstrapAsync("""{ "expiryPolicies": [ { "name": "new", "default": true } ] }"""));
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        Assert.Equal("new", (await db.ExpiryPolicies.SingleAsync(row => row.IsDefault, Token)).Name);
    }

    [Fact]
    public async Task Apply_Users_AreKnownToVerificationWithTheirDevicesAndRules()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(BootstrapSample.Json);
        var alice = server.Get<DirectoryIndex>().FindUser("alice");
        Assert.NotNull(alice?.PasswordHash);
        Assert.NotNull(alice.FindDevice("laptop"));
        Assert.Equal(["staff"], alice.Access.Now.Groups);
        Assert.Single(alice.Access.Now.Endpoints!);
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
