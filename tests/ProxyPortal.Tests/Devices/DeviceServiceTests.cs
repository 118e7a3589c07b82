using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Proxies;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Devices;

public sealed class DeviceServiceTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;
    private Guid _alice;

    private DeviceService Devices => _host.Get<DeviceService>();

    private DeviceDecisionService Decisions => _host.Get<DeviceDecisionService>();

    private DeviceSecretService Secrets => _host.Get<DeviceSecretService>();

    private DateTimeOffset Now => _time.GetUtcNow();

    private Actor Alice => new(_alice, "alice", PortalRole.None, null);

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        _alice = (await _host.AddUserAsync("alice")).Id;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Create_GivesASecretOfItsOwnOnceAndStoresNoneOfIt()
    {
        IssuedDeviceSecret laptop = await AddAsync("Laptop");
        IssuedDeviceSecret phone = await AddAsync("phone");
        Assert.Equal(("laptop", "alice+laptop", DeviceStatus.Approved), (laptop.Name, laptop.Login, laptop.Status));
        Assert.True(GeneratedSecret.IsWellFormed(laptop.Secret, GeneratedSecret.DeviceSecretPrefix));
        Assert.NotEqual(laptop.Secret, phone.Secret);
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal(32, (await db.Devices.SingleAsync(device => device.Id == laptop.Id, None)).SecretDigest.Length);
        foreach (AuditEntry entry in await db.AuditEntries.ToListAsync(None))
            Assert.DoesNotContain(laptop.Secret, $"{entry.TargetName}{entry.Before}{entry.After}", StringComparison.Ordinal);
        Assert.Equal([AuditAction.DeviceCreated], await ActionsAsync(laptop.Id));
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "name", "", "name_invalid" },
        { "name", "a+b", "name_invalid" },
        { "name", "a b", "name_invalid" },
        { "name", "a:b", "name_invalid" },
        { "name", "../x", "name_invalid" },
        { "name", new string('x', 65), "name_too_long" },
        { "kind", "99", "kind_invalid" },
        { "note", new string('x', 501), "note_invalid" },
        { "note", "\0", "note_invalid" },
        { "note", "\ud800", "note_invalid" },
        { "expiresAt", "1999-01-01", "expiresAt_invalid" },
        { "expiresAt", "2026-11-03T12:00:00Z", "expiresAt_past" },
        { "guest", "", "expiresAt_required" },
        { "endpoints", "nowhere", "endpoint_unknown" },
        { "networks", "192.0.2.1/24", "network_invalid" },
        { "networks", "10.1/16", "network_invalid" },
        { "schemes", "0", "schemes_invalid" },
        { "schemes", "8", "schemes_invalid" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Create_WrongInput_IsRefusedAtTheField(string field, string value, string code)
    {
        var input = new DeviceInput { Name = "laptop" };
        input = field switch
        {
            "name" => input with { Name = value },
            "kind" => input with { Kind = (DeviceKind)int.Parse(value, null) },
            "note" => input with { Note = value },
            "expiresAt" => input with { ExpiresAt = DateTimeOffset.Parse(value, null, System.Globalization.DateTimeStyles.AssumeUniversal) },
            "guest" => input with { IsGuest = true },
            "endpoints" => input with { Endpoints = [value] },
            "networks" => input with { Networks = [value] },
            _ => input with { Schemes = (AuthSchemes)int.Parse(value, null) },
        };
        Error? error = (await Devices.CreateAsync(_host.Admin, _alice, input, None)).Error;
        Assert.Equal((code, field == "guest" ? "expiresAt" : field), (error?.Code, error?.Field));
        Assert.Empty((await ListAsync()).Items);
    }

    [Fact]
    public async Task Create_NameThatIsTaken_IsRefusedHoweverItIsWritten()
    {
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        Assert.Equal("name_taken", (await Devices.CreateAsync(_host.Admin, _alice, new DeviceInput { Name = "LAPTOP" }, None)).Error?.Code);
        await Decisions.RevokeAsync(_host.Admin, laptop.Id, "stolen", None);
        Assert.Contains("remove it first", (await Devices.CreateAsync(_host.Admin, _alice, new DeviceInput { Name = "laptop" }, None)).Error!.Message, StringComparison.Ordinal);
        Assert.True((await Devices.DeleteAsync(_host.Admin, laptop.Id, None)).Succeeded);
        await AddAsync("laptop");
    }

    [Fact]
    public async Task Create_LoginThatCannotBeTyped_IsRefused()
    {
        Guid user = (await _host.AddUserAsync(new string('u', 64))).Id;
        Assert.Equal("name_too_long", (await Devices.CreateAsync(_host.Admin, user, new DeviceInput { Name = new string('d', 64) }, None)).Error?.Code);
    }

    [Fact]
    public async Task Limit_StrictestGroupCountsRequestsAndDevicesButNothingThatEnded()
    {
        await AddGroupAsync(group => group.DeviceLimit = 5);
        await AddGroupAsync(group => group.DeviceLimit = 2);
        IssuedDeviceSecret first = await AddAsync("first");
        await Devices.RequestAsync(Alice, _alice, new DeviceInput { Name = "second", Reason = "new phone" }, None);
        Assert.Equal("device_limit", (await Devices.CreateAsync(_host.Admin, _alice, new DeviceInput { Name = "third" }, None)).Error?.Code);
        await Decisions.RevokeAsync(_host.Admin, first.Id, null, None);
        await AddAsync("third");
        // The request lapses, and makes room.
        _time.Advance(DeviceService.RequestLifetime);
        await AddAsync("fourth");
    }

    [Fact]
    public async Task Limit_ManyAtOnce_IsNotPassed()
    {
        await AddGroupAsync(group => group.DeviceLimit = 3);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Devices.CreateAsync(_host.Admin, _alice, new DeviceInput { Name = $"d{i}" }, None)));
        Assert.InRange((await ListAsync()).Total, 1, 3);
    }

    [Fact]
    public async Task Limit_LaterEndOfAnEndedDevice_NeedsRoom()
    {
        await AddGroupAsync(group => group.DeviceLimit = 1);
        IssuedDeviceSecret guest = await AddAsync("guest", input => input with { IsGuest = true, ExpiresAt = Now.AddHours(1) });
        _time.Advance(TimeSpan.FromHours(1));
        await AddAsync("laptop");
        DeviceDetail now = await GetAsync(guest.Id);
        Assert.Equal(DeviceStatus.Expired, now.Summary.Status);
        Assert.Equal("device_limit", (await Devices.ChangeAsync(_host.Admin, guest.Id, DeviceInput.Of(now) with { ExpiresAt = Now.AddDays(1) }, null, None)).Error?.Code);
        // An end that is over may stay: the note can still be written.
        Assert.True((await Devices.ChangeAsync(_host.Admin, guest.Id, DeviceInput.Of(now) with { Note = "gone" }, null, None)).Succeeded);
    }

    [Fact]
    public async Task Request_DecidedOnceWithReason_AndLapsesByTheClock()
    {
        IssuedDeviceSecret phone = await RequestAsync("phone");
        Assert.Equal(DeviceStatus.Requested, phone.Status);
        Assert.Equal("reason_required", (await Decisions.DeclineAsync(_host.Admin, phone.Id, " ", None)).Error?.Code);
        Assert.True((await Decisions.DeclineAsync(_host.Admin, phone.Id, "not ours", None)).Succeeded);
        Assert.Equal("not_requested", (await Decisions.ApproveAsync(_host.Admin, phone.Id, null, None)).Error?.Code);
        DeviceDetail declined = await GetAsync(phone.Id);
        Assert.Equal((DeviceStatus.Revoked, "not ours", "admin", "Declined"), (declined.Summary.Status, declined.Decision!.Reason, declined.Decision.By, DeviceWords.Of(declined.Summary).Text));
        // What came to nothing gives way.
        IssuedDeviceSecret again = await RequestAsync("phone");
        _time.Advance(DeviceService.RequestLifetime);
        Assert.Equal("Request lapsed", DeviceWords.Of((await GetAsync(again.Id)).Summary).Text);
        Assert.Equal("request_lapsed", (await Decisions.ApproveAsync(_host.Admin, again.Id, null, None)).Error?.Code);
        IssuedDeviceSecret third = await RequestAsync("phone");
        Assert.True((await Decisions.ApproveAsync(_host.Admin, third.Id, null, None)).Succeeded);
        Assert.Equal([AuditAction.DeviceRequested, AuditAction.DeviceApproved], await ActionsAsync(third.Id));
        Assert.Null((await GetAsync(third.Id)).Summary.Request);
        Assert.Single((await ListAsync()).Items);
    }

    [Fact]
    public async Task Decide_Many_EachForItself()
    {
        IssuedDeviceSecret phone = await RequestAsync("phone");
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        IReadOnlyList<DeviceOutcome> outcomes = (await Decisions.DecideAsync(_host.Admin, [phone.Id, laptop.Id, Guid.Empty, phone.Id], approve: true, null, None)).Value;
        Assert.Equal([null, "not_requested", "not_found"], outcomes.Select(outcome => outcome.Error?.Code));
        Assert.Equal(DeviceStatus.Approved, (await GetAsync(phone.Id)).Summary.Status);
        Assert.Equal("ids_invalid", (await Decisions.DecideAsync(_host.Admin, [], approve: true, null, None)).Error?.Code);
        Assert.Equal("reason_required", (await Decisions.DecideAsync(_host.Admin, [phone.Id], approve: false, null, None)).Error?.Code);
    }

    [Fact]
    public async Task Revoke_One_LeavesTheOthersAlone()
    {
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        IssuedDeviceSecret phone = await AddAsync("phone");
        Assert.True((await Decisions.RevokeAsync(_host.Admin, laptop.Id, "stolen", None)).Succeeded);
        Assert.True((await Decisions.RevokeAsync(_host.Admin, laptop.Id, "again", None)).Succeeded);
        Assert.Equal((DeviceStatus.Revoked, "stolen"), ((await GetAsync(laptop.Id)).Summary.Status, (await GetAsync(laptop.Id)).Decision!.Reason));
        Assert.Equal(DeviceStatus.Approved, (await GetAsync(phone.Id)).Summary.Status);
        Assert.Equal("device_not_usable", (await Secrets.RotateAsync(_host.Admin, laptop.Id, null, None)).Error?.Code);
        Assert.Equal([AuditAction.DeviceCreated, AuditAction.DeviceRevoked], await ActionsAsync(laptop.Id));
    }

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData(null, 1, 1)]
    [InlineData(null, 100, 24)]
    [InlineData(8, null, 8)]
    [InlineData(8, 100, 8)]
    [InlineData(8, 2, 2)]
    [InlineData(8, 0, 0)]
    [InlineData(0, 5, 0)]
    public async Task Rotate_OldSecretLivesAsLongAsAskedAndThePolicyAllows(int? policy, int? asked, int expected)
    {
        await AddGroupAsync(group => group.ExpiryPolicy = new ExpiryPolicy { Name = "contractors", OverlapHours = policy });
        await AddGroupAsync(group => group.ExpiryPolicy = new ExpiryPolicy { Name = "longer", OverlapHours = policy + 1 });
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        IssuedDeviceSecret next = (await Secrets.RotateAsync(_host.Admin, laptop.Id, asked is { } hours ? TimeSpan.FromHours(hours) : null, None)).Value;
        Assert.Equal(expected == 0 ? null : Now.AddHours(expected), next.FormerUntil);
        Assert.Equal(next.FormerUntil, (await GetAsync(laptop.Id)).FormerSecretUntil);
    }

    [Fact]
    public async Task Rotate_DefaultPolicyHoldsWhereNoGroupNamesOne()
    {
        await _host.AddRowAsync(new ExpiryPolicy { Name = "everyone", OverlapHours = 3, IsDefault = true });
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        Assert.Equal(Now.AddHours(3), (await Secrets.RotateAsync(_host.Admin, laptop.Id, null, None)).Value.FormerUntil);
    }

    [Fact]
    public async Task Rotate_Twice_LeavesTwoSecretsAndNoThird()
    {
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        await Secrets.RotateAsync(_host.Admin, laptop.Id, TimeSpan.FromHours(9), None);
        _time.Advance(TimeSpan.FromMinutes(1));
        await Secrets.RotateAsync(_host.Admin, laptop.Id, TimeSpan.FromHours(1), None);
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal([Now, Now.AddHours(1)], (await db.FormerSecrets.Where(secret => secret.DeviceId == laptop.Id).Select(secret => secret.ProvesUntil!.Value).ToListAsync(None)).Order());
    }

    [Fact]
    public async Task Rotate_SecretThatWasWithdrawn_DoesNotComeBack()
    {
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            (await db.Devices.SingleAsync(device => device.Id == laptop.Id, None)).SecretRevokedAt = Now;
            await db.SaveChangesAsync(None);
        }
        Assert.Equal("Needs a new secret", DeviceWords.Of((await GetAsync(laptop.Id)).Summary).Text);
        Assert.Null((await Secrets.RotateAsync(_host.Admin, laptop.Id, TimeSpan.FromHours(5), None)).Value.FormerUntil);
        Assert.Equal("Approved", DeviceWords.Of((await GetAsync(laptop.Id)).Summary).Text);
    }

    [Fact]
    public async Task Change_BindingsAreSavedByName_AndAGoneEndpointBindsStill()
    {
        await _host.Get<ProxyService>().CreateAsync(_host.Admin, new ProxyInput { Name = "hq-squid", Realm = "Example" }, new EndpointInput { Name = "hq", Host = "proxy.example.test" }, None);
        Guid gone = Guid.CreateVersion7();
        IssuedDeviceSecret laptop = await AddAsync("laptop", input => input with { Endpoints = ["hq"], Networks = ["192.0.2.0/24"], Schemes = AuthSchemes.Basic });
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            Device row = await db.Devices.SingleAsync(device => device.Id == laptop.Id, None);
            row.Endpoints = [.. row.Endpoints, gone];
            await db.SaveChangesAsync(None);
        }
        DeviceDetail now = await GetAsync(laptop.Id);
        Assert.Equal([gone.ToString(), "hq"], now.Endpoints);
        Assert.True((await Devices.ChangeAsync(_host.Admin, laptop.Id, DeviceInput.Of(now) with { Note = "Alice's" }, now.Version, None)).Succeeded);
        Assert.Equal([gone.ToString(), "hq"], (await GetAsync(laptop.Id)).Endpoints);
        Assert.Equal("conflict", (await Devices.ChangeAsync(_host.Admin, laptop.Id, DeviceInput.Of(now) with { Note = "Bob's" }, now.Version, None)).Error?.Code);
        // Saving the same again changes nothing and is told nowhere.
        Assert.True((await Devices.ChangeAsync(_host.Admin, laptop.Id, DeviceInput.Of(await GetAsync(laptop.Id)), null, None)).Succeeded);
        Assert.Equal([AuditAction.DeviceCreated, AuditAction.DeviceChanged], await ActionsAsync(laptop.Id));
    }

    [Fact]
    public async Task Owner_LooksAfterOwnDevicesAndNoOthers()
    {
        Actor bob = new((await _host.AddUserAsync("bob")).Id, "bob", PortalRole.None, null);
        IssuedDeviceSecret laptop = (await Devices.CreateAsync(Alice, _alice, new DeviceInput { Name = "laptop" }, None)).Value;
        Assert.Equal("alice+laptop", Assert.Single((await Devices.ListAsync(Alice, new DeviceQuery(UserId: _alice), None)).Value.Items).Login);
        Assert.True((await Secrets.RotateAsync(Alice, laptop.Id, null, None)).Succeeded);
        Assert.True((await Secrets.IssuePairingLinkAsync(Alice, laptop.Id, None)).Succeeded);
        Assert.Equal(AccessControl.Forbidden, (await Devices.ChangeAsync(Alice, laptop.Id, new DeviceInput(), null, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Decisions.ApproveAsync(Alice, laptop.Id, null, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Devices.GetAsync(bob, laptop.Id, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Devices.GetAsync(bob, Guid.Empty, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Devices.ListAsync(bob, new DeviceQuery(UserId: _alice), None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Devices.ListAsync(bob, new DeviceQuery(), None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Decisions.RevokeAsync(bob, laptop.Id, null, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Devices.CreateAsync(bob, _alice, new DeviceInput { Name = "x" }, None)).Error);
        Assert.True((await Decisions.RevokeAsync(Alice, laptop.Id, null, None)).Succeeded);
        Assert.True((await Devices.DeleteAsync(Alice, laptop.Id, None)).Succeeded);
        await _host.ChangeUserAsync(_alice, user => user.SuspendedAt = Now);
        Assert.Equal(AccessControl.Forbidden, (await Devices.CreateAsync(Alice, _alice, new DeviceInput { Name = "late" }, None)).Error);
    }

    [Fact]
    public async Task Owner_InAGroupThatWantsApproval_Asks()
    {
        await AddGroupAsync(group => group.DevicesNeedApproval = true);
        Assert.Equal("reason_required", (await Devices.CreateAsync(Alice, _alice, new DeviceInput { Name = "phone" }, None)).Error?.Code);
        Assert.Equal(DeviceStatus.Requested, (await Devices.CreateAsync(Alice, _alice, new DeviceInput { Name = "phone", Reason = "on the road" }, None)).Value.Status);
        Assert.Equal(DeviceStatus.Approved, (await AddAsync("laptop")).Status);
    }

    [Fact]
    public async Task HelpDesk_LeavesDevicesOfAccountsWithARoleAlone()
    {
        Actor desk = await _host.AddPersonAsync("otto", PortalRole.Operator);
        Guid admin = _host.Admin.Id!.Value;
        IssuedDeviceSecret theirs = (await Devices.CreateAsync(_host.Admin, admin, new DeviceInput { Name = "laptop" }, None)).Value;
        Assert.True((await Devices.CreateAsync(desk, _alice, new DeviceInput { Name = "laptop" }, None)).Succeeded);
        Assert.Equal(AccessControl.Forbidden, (await Devices.CreateAsync(desk, admin, new DeviceInput { Name = "x" }, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Secrets.RotateAsync(desk, theirs.Id, null, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Secrets.IssuePairingLinkAsync(desk, theirs.Id, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Decisions.RevokeAsync(desk, theirs.Id, null, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Devices.DeleteAsync(desk, theirs.Id, None)).Error);
        // Their own they ask for like anybody, and cannot approve.
        IssuedDeviceSecret own = (await Devices.RequestAsync(desk, desk.Id!.Value, new DeviceInput { Name = "phone", Reason = "mine" }, None)).Value;
        Assert.Equal(AccessControl.Forbidden, (await Decisions.ApproveAsync(desk, own.Id, null, None)).Error);
    }

    [Fact]
    public async Task Pause_OfWhatWorksOnly_AndTwiceChangesNothing()
    {
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        IssuedDeviceSecret asked = await RequestAsync("phone");
        Assert.Equal(DeviceDecisionService.NotWorking, (await Decisions.PauseAsync(_host.Admin, asked.Id, None)).Error);
        Assert.True((await Decisions.PauseAsync(_host.Admin, laptop.Id, None)).Succeeded);
        Assert.True((await Decisions.PauseAsync(_host.Admin, laptop.Id, None)).Succeeded);
        Assert.Equal(DeviceStatus.Paused, (await GetAsync(laptop.Id)).Summary.Status);
        Assert.True((await Decisions.ResumeAsync(_host.Admin, laptop.Id, None)).Succeeded);
        Assert.True((await Decisions.ResumeAsync(_host.Admin, laptop.Id, None)).Succeeded);
        Assert.Equal(["device.created", "device.paused", "device.resumed"], await ActionsAsync(laptop.Id));
        await Decisions.RevokeAsync(_host.Admin, laptop.Id, null, None);
        Assert.Equal(DeviceDecisionService.NotPaused, (await Decisions.ResumeAsync(_host.Admin, laptop.Id, None)).Error);
        Assert.Equal(DeviceDecisionService.NotWorking, (await Decisions.PauseAsync(_host.Admin, laptop.Id, None)).Error);
    }

    [Fact]
    public async Task Pause_ByTheOwner_IsTheOwnersToEnd_AndByTheDeskTheDesks()
    {
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        Actor bob = await _host.AddPersonAsync("bob", PortalRole.None);
        Assert.Equal(AccessControl.Forbidden, (await Decisions.PauseAsync(bob, laptop.Id, None)).Error);
        Assert.True((await Decisions.PauseAsync(Alice, laptop.Id, None)).Succeeded);
        Assert.Equal(AccessControl.Forbidden, (await Decisions.ResumeAsync(bob, laptop.Id, None)).Error);
        Assert.True((await Decisions.ResumeAsync(Alice, laptop.Id, None)).Succeeded);
        Assert.True((await Decisions.PauseAsync(_host.Admin, laptop.Id, None)).Succeeded);
        Assert.Equal(DeviceDecisionService.PausedByOthers, (await Decisions.ResumeAsync(Alice, laptop.Id, None)).Error);
        // An owner who pauses it once more must not make the pause their own.
        Assert.True((await Decisions.PauseAsync(Alice, laptop.Id, None)).Succeeded);
        Assert.Equal(DeviceDecisionService.PausedByOthers, (await Decisions.ResumeAsync(Alice, laptop.Id, None)).Error);
    }

    [Fact]
    public async Task Pause_KeepsItsPlaceAmongTheAllowedDevices()
    {
        await AddGroupAsync(group => group.DeviceLimit = 1);
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        await Decisions.PauseAsync(Alice, laptop.Id, None);
        Assert.Equal("device_limit", (await Devices.CreateAsync(Alice, _alice, new DeviceInput { Name = "phone" }, None)).Error?.Code);
    }

    private async Task<IssuedDeviceSecret> AddAsync(string name, Func<DeviceInput, DeviceInput>? adjust = null)
    {
        var input = new DeviceInput { Name = name };
        return (await Devices.CreateAsync(_host.Admin, _alice, adjust?.Invoke(input) ?? input, None)).Value;
    }

    private async Task<IssuedDeviceSecret> RequestAsync(string name) =>
        (await Devices.RequestAsync(Alice, _alice, new DeviceInput { Name = name, Reason = "for the road" }, None)).Value;

    private async Task<DeviceDetail> GetAsync(Guid id) => (await Devices.GetAsync(_host.Admin, id, None)).Value;

    private async Task<PageOf<DeviceSummary>> ListAsync() => (await Devices.ListAsync(_host.Admin, new DeviceQuery(), None)).Value;

    private async Task AddGroupAsync(Action<Group> adjust)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        var group = new Group { Name = $"group-{Guid.CreateVersion7():N}" };
        adjust(group);
        group.Users.Add(await db.Users.SingleAsync(user => user.Id == _alice, None));
        db.Groups.Add(group);
        await db.SaveChangesAsync(None);
    }

    private async Task<string[]> ActionsAsync(Guid device)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.AuditEntries.Where(entry => entry.TargetId == device).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToArrayAsync(None);
    }
}
