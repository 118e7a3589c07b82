using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Groups.Effective;
using ProxyPortal.Proxies;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Groups;

public sealed class GroupServiceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-02T09:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private ServiceHost _host = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private GroupService Groups => _host.Get<GroupService>();

    private GroupMemberService Members => _host.Get<GroupMemberService>();

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        await _host.Get<ProxyService>().CreateAsync(_host.Admin, new ProxyInput { Name = "hq-squid", Realm = "Realm" }, new EndpointInput { Name = "hq", Host = "proxy.example.test" }, None);
        await _host.AddRowAsync(new ExpiryPolicy { Name = "contractors", DeviceSecretMaxAgeDays = 90 });
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static GroupInput Full { get; } = new()
    {
        Name = "staff",
        Description = "Everyone with a contract.",
        Endpoints = ["hq"],
        Schemes = AuthSchemes.Basic,
        ExpiryPolicy = "contractors",
        Networks = ["192.0.2.0/24"],
        Hours = "Mon-Fri 07:00-19:00",
        TimeZone = "Europe/Berlin",
        DeviceSecretsOnly = true,
        DeviceLimit = 3,
        DevicesNeedApproval = true,
    };

    [Fact]
    public async Task Create_ThenGet_IsWhatWasGiven()
    {
        GroupDetail group = await AddAsync(Full);

        Assert.Equivalent(Full, group.Fields, strict: true);
        GroupSummary row = Assert.Single((await Groups.ListAsync(_host.Admin, new GroupQuery("STAFF"), None)).Value.Items);
        Assert.Equal(("staff", 0, "contractors"), (row.Name, row.Members, row.ExpiryPolicy));
    }

    [Fact]
    public async Task Change_EndpointsAlone_RaisesTheVersionAndTellsBeforeAndAfter()
    {
        GroupDetail group = await AddAsync(Full);

        Assert.True((await Groups.ChangeAsync(_host.Admin, group.Id, Full with { Endpoints = [] }, group.Version, None)).Succeeded);

        Assert.True((await Groups.GetAsync(_host.Admin, group.Id, None)).Value.Version > group.Version);
        Assert.Equal(GroupService.Conflict, (await Groups.ChangeAsync(_host.Admin, group.Id, Full, group.Version, None)).Error);
        AuditEntry entry = await LastEntryAsync(AuditAction.GroupChanged);
        Assert.Equal(("""{"endpoints":"hq"}""", """{"endpoints":""}"""), (entry.Before, entry.After));
    }

    [Fact]
    public async Task Change_TwoAtOnce_OneWinsAndTheOtherIsTold()
    {
        GroupDetail group = await AddAsync(Full);

        Result[] results = await Task.WhenAll(Enumerable.Range(0, 6).Select(index => Task.Run(() =>
            Groups.ChangeAsync(_host.Admin, group.Id, Full with { DeviceLimit = 10 + index }, group.Version, None))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(GroupService.Conflict, result.Error));
    }

    [Theory]
    [InlineData("name", "Staff")]
    [InlineData("name", "")]
    [InlineData("name", "a b")]
    [InlineData("name", "x\u0000y")]
    [InlineData("description", "\u0007")]
    [InlineData("endpoints", "nowhere")]
    [InlineData("expiryPolicy", "nothing")]
    [InlineData("schemes", "0")]
    [InlineData("schemes", "8")]
    [InlineData("networks", "10.1/16")]
    [InlineData("networks", "192.0.2.1/24")]
    [InlineData("networks", "010.0.0.1")]
    [InlineData("hours", "always")]
    [InlineData("hours", "Mon 25:00-26:00")]
    [InlineData("timeZone", "Mars/Olympus")]
    [InlineData("deviceLimit", "-1")]
    [InlineData("deviceLimit", "2147483647")]
    public async Task Create_BadField_IsRefusedAtIt(string field, string value)
    {
        GroupInput input = field switch
        {
            "name" => Full with { Name = value },
            "description" => Full with { Description = value },
            "endpoints" => Full with { Endpoints = ["hq", value] },
            "expiryPolicy" => Full with { ExpiryPolicy = value },
            "schemes" => Full with { Schemes = (AuthSchemes)int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) },
            "networks" => Full with { Networks = ["192.0.2.0/24", value] },
            "hours" => Full with { Hours = value },
            "timeZone" => Full with { TimeZone = value },
            _ => Full with { DeviceLimit = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) },
        };

        Assert.Equal(field, (await Groups.CreateAsync(_host.Admin, input, None)).Error?.Field);
        Assert.Equal(0, (await Groups.ListAsync(_host.Admin, new GroupQuery(), None)).Value.Total);
    }

    [Fact]
    public async Task Create_TakenName_IsRefusedAtTheName()
    {
        await AddAsync(Full);
        Assert.Equal(("name_taken", "name"), await Groups.CreateAsync(_host.Admin, Full, None) is { Error: { } error } ? (error.Code, error.Field!) : default);
    }

    [Fact]
    public async Task Members_ComeAndGo_WithAnEntryForEach()
    {
        GroupDetail group = await AddAsync(Full);
        Guid[] users = [(await _host.AddUserAsync("alice")).Id, (await _host.AddUserAsync("bob")).Id];

        Assert.Equal(2, (await Members.AddAsync(_host.Admin, group.Id, users, None)).Value);
        Assert.Equal(0, (await Members.AddAsync(_host.Admin, group.Id, users, None)).Value);
        Assert.Equal(["alice", "bob"], (await Members.ListAsync(_host.Admin, group.Id, null, 0, 25, None)).Value.Items.Select(member => member.UserId));
        Assert.Equal("admin", Assert.Single((await Members.CandidatesAsync(_host.Admin, group.Id, null, 20, None)).Value.Items).UserId);
        Assert.Equal(1, (await Members.RemoveAsync(_host.Admin, group.Id, users[0], None)).Value);
        Assert.Equal(0, (await Members.RemoveAsync(_host.Admin, group.Id, users[0], None)).Value);

        AuditEntry entry = await LastEntryAsync(AuditAction.UserChanged);
        Assert.Equal(("alice", """{"groups":"staff"}""", """{"groups":""}"""), (entry.TargetName, entry.Before, entry.After));
        Assert.Equal("""{"membersRemoved":"alice"}""", (await LastEntryAsync(AuditAction.GroupChanged)).After);
        Assert.Equal(1, (await Groups.GetAsync(_host.Admin, group.Id, None)).Value.Members);
    }

    [Fact]
    public async Task Members_UnknownUserOrGroup_NothingIsDone()
    {
        GroupDetail group = await AddAsync(Full);
        Guid alice = (await _host.AddUserAsync("alice")).Id;

        Assert.Equal("not_found", (await Members.AddAsync(_host.Admin, group.Id, [alice, Guid.CreateVersion7()], None)).Error?.Code);
        Assert.Equal("not_found", (await Members.AddAsync(_host.Admin, Guid.CreateVersion7(), [alice], None)).Error?.Code);
        Assert.Equal("users_invalid", (await Members.AddAsync(_host.Admin, group.Id, [.. Enumerable.Range(0, 501).Select(_ => Guid.CreateVersion7())], None)).Error?.Code);
        Assert.Equal(0, (await Members.ListAsync(_host.Admin, group.Id, null, 0, 25, None)).Value.Total);
    }

    [Fact]
    public async Task Delete_TellsWhoLosesItsRules_AndLeavesTheMembers()
    {
        GroupDetail staff = await AddAsync(Full);
        GroupDetail other = await AddAsync(new GroupInput { Name = "other" });
        Guid[] users = [(await _host.AddUserAsync("alice")).Id, (await _host.AddUserAsync("bob")).Id];
        await Members.AddAsync(_host.Admin, staff.Id, users, None);
        await Members.AddAsync(_host.Admin, other.Id, [users[1]], None);

        Assert.Equal(new GroupLoss(2, 1), (await Groups.CountLossAsync(_host.Admin, staff.Id, None)).Value);
        Assert.True((await Groups.DeleteAsync(_host.Admin, staff.Id, staff.Version, None)).Succeeded);

        Assert.Equal(GroupService.NotFound, (await Groups.GetAsync(_host.Admin, staff.Id, None)).Error);
        Assert.Empty((await _host.Users.GetAsync(_host.Admin, users[0], None)).Value.Groups);
        Assert.Contains("\"members\":2", (await LastEntryAsync(AuditAction.GroupDeleted)).Before, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PortalRole.None, false)]
    [InlineData(PortalRole.Auditor, true)]
    [InlineData(PortalRole.Operator, true)]
    public async Task Roles_OtherThanAdministrator_ChangeNothing(PortalRole role, bool mayRead)
    {
        GroupDetail group = await AddAsync(Full);
        Actor actor = await _host.AddPersonAsync("somebody", role);

        Assert.Equal(mayRead, (await Groups.ListAsync(actor, new GroupQuery(), None)).Succeeded);
        Assert.Equal(mayRead, (await Groups.GetAsync(actor, group.Id, None)).Succeeded);
        Assert.Equal(mayRead, (await Members.ListAsync(actor, group.Id, null, 0, 25, None)).Succeeded);
        Assert.Equal(mayRead, (await _host.Get<EffectivePolicyService>().OfGroupAsync(actor, group.Id, None)).Succeeded);
        Assert.Equal(AccessControl.Forbidden, (await Groups.CreateAsync(actor, Full with { Name = "x" }, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Groups.ChangeAsync(actor, group.Id, Full, group.Version, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Groups.DeleteAsync(actor, group.Id, group.Version, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Members.AddAsync(actor, group.Id, [actor.Id!.Value], None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Members.CandidatesAsync(actor, group.Id, null, 20, None)).Error);
    }

    [Fact]
    public async Task EffectivePolicy_OfAUser_NamesTheGroupThatDecides()
    {
        GroupDetail staff = await AddAsync(Full);
        GroupDetail guests = await AddAsync(new GroupInput { Name = "guests", DeviceLimit = 1 });
        Guid alice = (await _host.AddUserAsync("alice")).Id;
        await Members.AddAsync(_host.Admin, staff.Id, [alice], None);
        await Members.AddAsync(_host.Admin, guests.Id, [alice], None);

        EffectivePolicy policy = (await _host.Get<EffectivePolicyService>().OfUserAsync(_host.Admin, "alice", None)).Value;

        Assert.Equal((1, "guests"), ((int)policy[PolicyRule.DeviceLimit].Value!, policy[PolicyRule.DeviceLimit].Sources.Single().Name));
        Assert.Equal(PolicySourceKind.Policy, policy[PolicyRule.DeviceSecretMaxAgeDays].Sources.Single().Kind);
        Assert.Equal(["hq"], (IEnumerable<string>)policy[PolicyRule.Endpoints].Value!);
        Assert.Equal(PolicySource.None, policy[PolicyRule.IdleDays].Sources.Single());
    }

    private async Task<GroupDetail> AddAsync(GroupInput input) =>
        (await Groups.GetAsync(_host.Admin, (await Groups.CreateAsync(_host.Admin, input, None)).Value, None)).Value;

    private async Task<AuditEntry> LastEntryAsync(string action)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.AuditEntries.Where(entry => entry.Action == action).OrderByDescending(entry => entry.Id).FirstAsync();
    }
}
