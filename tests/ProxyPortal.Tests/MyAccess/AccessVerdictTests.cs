using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.MyAccess;
using ProxyPortal.Proxies;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.MyAccess;

public sealed class AccessVerdictTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;
    private Guid _alice;

    private DateTimeOffset Now => _time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        _alice = (await _host.AddUserAsync("alice")).Id;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Verdict_WithNeitherPasswordNorDevice_IsNothingToSignInWith() => Assert.Equal((null, null), Of(await VerdictAsync()));

    [Fact]
    public async Task Verdict_FollowsTheAccount()
    {
        await SetAsync(user => user.PasswordHash = "x");
        Assert.Equal((RejectionReason.None, null), Of(await VerdictAsync()));
        await SetAsync(user => user.ValidUntil = Now.AddDays(3));
        AccessVerdict ending = await VerdictAsync();
        Assert.Equal((RejectionReason.None, Now.AddDays(3)), Of(ending));
        Assert.Equal(RejectionReason.AccountExpired, ending.EndsBy);
        _time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(RejectionReason.AccountExpired, (await VerdictAsync()).Reason);
        await SetAsync(user => (user.ValidFrom, user.ValidUntil) = (Now.AddDays(1), null));
        Assert.Equal(RejectionReason.AccountNotYetValid, (await VerdictAsync()).Reason);
        await SetAsync(user => (user.ValidFrom, user.SuspendedAt) = (null, Now));
        Assert.Equal(RejectionReason.AccountSuspended, (await VerdictAsync()).Reason);
        await SetAsync(user => (user.SuspendedAt, user.MustChangePassword) = (null, true));
        Assert.Equal(RejectionReason.MustChange, (await VerdictAsync()).Reason);
    }

    [Fact]
    public async Task Verdict_OfSeveralLogins_IsThatOfTheBest()
    {
        await SetAsync(user => (user.PasswordHash, user.MustChangePassword) = ("x", true));
        Guid laptop = await AddDeviceAsync("laptop", device => device.ExpiresAt = Now.AddDays(5));
        await AddDeviceAsync("phone", device => device.State = DeviceState.Paused);
        AccessVerdict verdict = await VerdictAsync();
        Assert.Equal((RejectionReason.None, Now.AddDays(5)), Of(verdict));
        Assert.Equal(RejectionReason.DeviceExpired, verdict.EndsBy);
        Assert.Equal([("alice", RejectionReason.MustChange), ("alice+laptop", RejectionReason.None), ("alice+phone", RejectionReason.DeviceRevoked)],
            verdict.Logins.Select(login => (login.Login, login.Reason)).Order());
        await _host.Get<DeviceDecisionService>().RevokeAsync(_host.Admin, laptop, null, None);
        Assert.Equal(RejectionReason.MustChange, (await VerdictAsync()).Reason);
    }

    [Fact]
    public async Task Verdict_InAGroupOfDevicesOnly_AsksForADevice_AndClosedHoursCloseIt()
    {
        await SetAsync(user => user.PasswordHash = "x");
        await AddGroupAsync(group => group.DeviceSecretsOnly = true);
        Assert.Equal(RejectionReason.DeviceRequired, (await VerdictAsync()).Reason);
        await AddDeviceAsync("laptop");
        Assert.True((await VerdictAsync()).IsOpen);
        // Noon on a Tuesday.
        await AddGroupAsync(group => (group.Hours, group.TimeZone) = ("Mon-Fri 13:00-19:00", "UTC"));
        Assert.Equal(RejectionReason.TimeNotAllowed, (await VerdictAsync()).Reason);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True((await VerdictAsync()).IsOpen);
    }

    [Fact]
    public async Task Verdict_UnderAPolicy_SaysWhenItEndsUnused()
    {
        await SetAsync(user => (user.PasswordHash, user.PasswordSetAt) = ("x", Now));
        await AddGroupAsync(group => group.ExpiryPolicy = new ExpiryPolicy { Name = "contractors", IdleDays = 10, PasswordMaxAgeDays = 30 });
        AccessVerdict verdict = await VerdictAsync();
        Assert.Equal((Now.AddDays(10), RejectionReason.AccountIdle), (verdict.Until, verdict.EndsBy));
        _time.Advance(TimeSpan.FromDays(10));
        Assert.Equal(RejectionReason.AccountIdle, (await VerdictAsync()).Reason);
    }

    [Fact]
    public async Task Verdict_OfAnAccountWithARole_NeedsADevice()
    {
        Actor desk = await _host.AddPersonAsync("otto", PortalRole.Operator);
        await _host.SetPasswordAsync(desk.Id!.Value);
        Assert.Null((await _host.Get<MyAccessService>().GetAsync(desk, None)).Value.Verdict.Reason);
    }

    [Fact]
    public async Task Endpoints_ForMembersOnly_AreShownToMembersOnly()
    {
        var proxy = new Proxy { Name = "hq", Realm = "r" };
        var open = new ProxyEndpoint { ProxyId = proxy.Id, Name = "main", Host = "a.example.test", Port = 3128 };
        var hidden = new ProxyEndpoint { ProxyId = proxy.Id, Name = "lab", Host = "b.example.test", Port = 3128, Visibility = EndpointVisibility.Groups };
        await _host.AddRowAsync(proxy, open, hidden);
        Assert.Equal(["main"], (await StateAsync()).Endpoints.Select(endpoint => endpoint.Name));
    }

    private async Task<MyAccessState> StateAsync() => (await _host.Get<MyAccessService>().GetAsync(new Actor(_alice, "alice", PortalRole.None, null), None)).Value;

    private async Task<AccessVerdict> VerdictAsync() => (await StateAsync()).Verdict;

    private static (RejectionReason?, DateTimeOffset?) Of(AccessVerdict verdict) => (verdict.Reason, verdict.Until);

    private Task SetAsync(Action<User> change) => _host.ChangeUserAsync(_alice, change);

    private async Task<Guid> AddDeviceAsync(string name, Action<Device>? adjust = null)
    {
        var device = new Device { UserId = _alice, Name = name, SecretDigest = new byte[32], SecretIssuedAt = Now, CreatedAt = Now };
        adjust?.Invoke(device);
        await _host.AddRowAsync(device);
        return device.Id;
    }

    private async Task AddGroupAsync(Action<Group> adjust)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        var group = new Group { Name = $"group-{Guid.CreateVersion7():N}" };
        adjust(group);
        group.Users.Add(await db.Users.SingleAsync(user => user.Id == _alice, None));
        db.Groups.Add(group);
        await db.SaveChangesAsync(None);
    }
}
