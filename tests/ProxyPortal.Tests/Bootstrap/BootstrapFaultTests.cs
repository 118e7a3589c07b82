using ProxyPortal.Hosting;
using ProxyPortal.Tests.Data;
using Xunit;

namespace ProxyPortal.Tests.Bootstrap;

public sealed class BootstrapFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_ManyFaults_NamesEachByItsPathAndChangesNothing()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        string before = await TableDump.OfAsync(server);
        string[] paths = await FaultsAsync(server, """
            {
              "administrator": { "userId": "admin", "password": "short", "requireSecondFactor": "no" },
              "bogus": 1,
              "apiTokens": [ { "name": "t", "token": "short", "scopes": ["everything"] } ],
              "groups": [ { "name": "Staff", "endpoints": ["nope"], "schemes": ["Digest", "Magic"], "expiryPolicy": "none" }, { "name": "a" }, { "name": "a" } ],
              "proxies": [ { "name": "p", "callerKey": "short", "endpoints": [
                { "name": "e", "host": "127.1", "port": 3128 }, { "name": "f", "host": "f.example", "port": "3128" },
                { "name": "g", "host": "g.example", "port": 0 }, { "name": "h", "host": "http://h.example:3128/", "port": 1, "transport": "1" } ] } ],
              "users": [
                { "userId": "Alice", "password": "x", "passwordFile": "y", "devices": [ { "name": "l", "secret": "short" }, { "name": "ok", "secretFile": "/nonexistent" } ] },
                { "userId": "alice", "validUntil": "2026-02-30" },
                { "userId": "bob", "validFrom": "1999-01-01T00:00:00Z", "validUntil": "9999-12-31T23:59:59-14:00", "groups": ["x"] },
                { "userid": "z" }, 5 ]
            }
            """);
        Assert.Equal(
            """
            $.administrator.password
            $.administrator.requireSecondFactor
            $.apiTokens[0].scopes
            $.apiTokens[0].token
            $.bogus
            $.groups[0].endpoints
            $.groups[0].expiryPolicy
            $.groups[0].name
            $.groups[0].schemes
            $.groups[0].schemes
            $.groups[2].name
            $.proxies[0].callerKey
            $.proxies[0].endpoints[0].host
            $.proxies[0].endpoints[1].port
            $.proxies[0].endpoints[2].port
            $.proxies[0].endpoints[3].host
            $.proxies[0].endpoints[3].transport
            $.proxies[0].realm
            $.users[0].devices[0].secret
            $.users[0].devices[1].secretFile
            $.users[0].passwordFile
            $.users[1].userId
            $.users[1].validUntil
            $.users[2].groups
            $.users[2].validFrom
            $.users[2].validUntil
            $.users[3].userId
            $.users[3].userid
            $.users[4]
            """, string.Join('\n', paths));
        Assert.Equal(before, await TableDump.OfAsync(server));
    }

    [Fact]
    public async Task Apply_PoliciesThatCannotBe_AreNamedByTheirPaths()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        Assert.Equal(
            [
                "$.expiryPolicies[0].holidays[0]", "$.expiryPolicies[0].jitterDays", "$.expiryPolicies[0].passwordMinLength", "$.expiryPolicies[1].default",
                "$.groups[0].description", "$.groups[0].deviceLimit", "$.groups[0].timeZone",
            ],
            await FaultsAsync(server, """
                { "expiryPolicies": [ { "name": "a", "default": true, "deviceSecretMaxAgeDays": 5, "jitterDays": 5, "holidays": ["25.12.2026"], "passwordMinLength": 8 }, { "name": "b", "default": true } ],
                  "groups": [ { "name": "g", "description": "\u0007", "deviceLimit": -1, "timeZone": "UTC" } ] }
                """));
    }

    [Theory]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("1/2/2026")]
    [InlineData("2026-01-02")]
    [InlineData("2026-01-02T03:04:05")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    public async Task Apply_BadDate_IsRefused(string date)
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        Assert.Equal(["$.users[0].validUntil"], await FaultsAsync(server, $$"""{ "users": [ { "userId": "a", "validUntil": "{{date}}" } ] }"""));
    }

    [Theory]
    [InlineData("{\n  \"users\": [\n  ,]\n}", "line 3")]
    [InlineData("{ /* note */ }", "line 1")]
    [InlineData("", "line 1")]
    public async Task Apply_NotJson_SaysWhere(string json, string place)
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(() => server.BootstrapAsync(json));
        Assert.Contains(place, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "users": [], "users": [] }""", "$.users")]
    [InlineData("""{ "users": [ { "userId": "\ud800" } ] }""", "$.users[0].userId")]
    [InlineData("""[]""", "$")]
    [InlineData("""{ "users": {} }""", "$.users")]
    public async Task Apply_OddShape_IsAFaultAndNoCrash(string json, string path)
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        Assert.Contains(path, await FaultsAsync(server, json));
    }

    [Fact]
    public async Task Apply_SecretsInFiles_LoseOneLineEndAndNoMore()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "key"), "a-key-of-at-least-32-characters-x\n", Token);
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "password"), " a passphrase with blanks \n\n", Token);
        const string proxy = """{ "name": "p", "realm": "r", "callerKeyFile": "key" }""";
        Assert.Equal(["$.users[0].passwordFile"], await FaultsAsync(server, $$"""{ "proxies": [{{proxy}}], "users": [ { "userId": "a", "passwordFile": "password" } ] }"""));
        Assert.Equal(2, (await server.BootstrapAsync($$"""{ "proxies": [{{proxy}}] }""")).Created);
        Assert.Equal(0, (await server.BootstrapAsync("""{ "proxies": [ { "name": "p", "callerKey": "a-key-of-at-least-32-characters-x" } ] }""")).Created);
    }

    private static async Task<string[]> FaultsAsync(PortalHost server, string json)
    {
        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(() => server.BootstrapAsync(json));
        return [.. refused.Message.Split(Environment.NewLine).Skip(1).Select(line => line.Split(": ")[0]).Order(StringComparer.Ordinal)];
    }
}
