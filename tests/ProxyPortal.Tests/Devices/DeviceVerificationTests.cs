using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Groups;
using ProxyPortal.Tests.Verification;
using Xunit;

namespace ProxyPortal.Tests.Devices;

/// <summary>What the registry says is what a proxy hears at its very next question.</summary>
public sealed class DeviceVerificationTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly LeapingTime _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private VerifyHost _host = null!;
    private Guid _alice;

    private DeviceService Devices => _host.Portal.Get<DeviceService>();

    private DeviceDecisionService Decisions => _host.Portal.Get<DeviceDecisionService>();

    private DeviceSecretService Secrets => _host.Portal.Get<DeviceSecretService>();

    public async ValueTask InitializeAsync()
    {
        _host = await VerifyHost.StartAsync(_time);
        await using PortalDbContext db = await _host.OpenAsync();
        _alice = await db.Users.Where(user => user.UserName == "alice").Select(user => user.Id).SingleAsync(None);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Created_IsAcceptedUnderItsOwnLogin_AndRevokedAtOnce()
    {
        IssuedDeviceSecret laptop = await AddAsync("Laptop");
        IssuedDeviceSecret phone = await AddAsync("phone");
        VerifyReply accepted = await _host.AskAsync("alice+laptop", laptop.Secret);
        Assert.Equal(("accepted", "laptop"), (accepted.Result, accepted["device"]));
        Assert.Equal("credential.rejected", (await _host.AskAsync("alice+phone", laptop.Secret)).Code);
        Assert.True((await Decisions.RevokeAsync(Actor.Portal, laptop.Id, "stolen", None)).Succeeded);
        Assert.Equal("device.revoked", (await _host.AskAsync("alice+laptop", laptop.Secret)).Code);
        Assert.Equal("accepted", (await _host.AskAsync("alice+phone", phone.Secret)).Result);
        Assert.Equal("accepted", (await _host.AskAsync("alice")).Result);
        Assert.True((await Devices.DeleteAsync(Actor.Portal, phone.Id, None)).Succeeded);
        Assert.Equal("credential.rejected", (await _host.AskAsync("alice+phone", phone.Secret)).Code);
    }

    [Fact]
    public async Task Paused_IsRefusedLikeARevokedOne_AndWorksAgainWithTheSameSecret()
    {
        IssuedDeviceSecret laptop = await AddAsync("laptop");
        Assert.Equal("accepted", (await _host.AskAsync("alice+laptop", laptop.Secret)).Result);
        Assert.True((await Decisions.PauseAsync(Actor.Portal, laptop.Id, None)).Succeeded);
        Assert.Equal("device.revoked", (await _host.AskAsync("alice+laptop", laptop.Secret)).Code);
        Assert.Equal("credential.rejected", (await _host.AskAsync("alice+laptop", "not its secret")).Code);
        Assert.True((await Decisions.ResumeAsync(Actor.Portal, laptop.Id, None)).Succeeded);
        Assert.Equal("accepted", (await _host.AskAsync("alice+laptop", laptop.Secret)).Result);
    }

    [Fact]
    public async Task Requested_WaitsUntilItIsApproved_OrDeclined()
    {
        IssuedDeviceSecret phone = (await Devices.RequestAsync(Actor.Portal, _alice, new DeviceInput { Name = "phone", Reason = "for the road" }, None)).Value;
        IssuedDeviceSecret tablet = (await Devices.RequestAsync(Actor.Portal, _alice, new DeviceInput { Name = "tablet", Reason = "for the road" }, None)).Value;
        Assert.Equal("device.requested", (await _host.AskAsync("alice+phone", phone.Secret)).Code);
        await Decisions.ApproveAsync(Actor.Portal, phone.Id, null, None);
        Assert.Equal("accepted", (await _host.AskAsync("alice+phone", phone.Secret)).Result);
        await Decisions.DeclineAsync(Actor.Portal, tablet.Id, "not ours", None);
        Assert.Equal("device.revoked", (await _host.AskAsync("alice+tablet", tablet.Secret)).Code);
    }

    [Fact]
    public async Task Rotated_BothWorkUntilTheOverlapEnds()
    {
        IssuedDeviceSecret old = await AddAsync("laptop");
        IssuedDeviceSecret next = (await Secrets.RotateAsync(Actor.Portal, old.Id, TimeSpan.FromHours(2), None)).Value;
        Assert.Equal("accepted", (await _host.AskAsync("alice+laptop", next.Secret)).Result);
        Assert.Equal("accepted", (await _host.AskAsync("alice+laptop", old.Secret)).Result);
        _time.SetUtcNow(_time.GetUtcNow().AddHours(2));
        Assert.Equal("credential.rejected", (await _host.AskAsync("alice+laptop", old.Secret, address: "192.0.2.7")).Code);
        Assert.Equal(RejectionReason.SupersededSecret, _host.Activity.Rejections()[0].Reason);
        Assert.Equal("accepted", (await _host.AskAsync("alice+laptop", next.Secret)).Result);
    }

    [Fact]
    public async Task Rotated_WithoutOverlap_EndsEverySecretBefore()
    {
        IssuedDeviceSecret first = await AddAsync("laptop");
        IssuedDeviceSecret second = (await Secrets.RotateAsync(Actor.Portal, first.Id, TimeSpan.FromHours(9), None)).Value;
        Assert.Equal("accepted", (await _host.AskAsync("alice+laptop", first.Secret)).Result);
        IssuedDeviceSecret third = (await Secrets.RotateAsync(Actor.Portal, first.Id, TimeSpan.Zero, None)).Value;
        Assert.Equal("credential.rejected", (await _host.AskAsync("alice+laptop", first.Secret)).Code);
        Assert.Equal("credential.rejected", (await _host.AskAsync("alice+laptop", second.Secret)).Code);
        Assert.Equal("accepted", (await _host.AskAsync("alice+laptop", third.Secret)).Result);
    }

    [Fact]
    public async Task Guest_EndsByTheClock()
    {
        DateTimeOffset end = _time.GetUtcNow().AddHours(8);
        IssuedDeviceSecret guest = await AddAsync("visitor", input => input with { IsGuest = true, ExpiresAt = end });
        Assert.Equal("accepted", (await _host.AskAsync("alice+visitor", guest.Secret)).Result);
        _time.SetUtcNow(end);
        Assert.Equal("device.expired", (await _host.AskAsync("alice+visitor", guest.Secret)).Code);
    }

    [Fact]
    public async Task Bound_WorksOnlyWhereItMay()
    {
        await _host.AddProxyAsync("branch-squid", VerifyHost.OtherCallerKey, "branch");
        IssuedDeviceSecret laptop = await AddAsync("laptop", input => input with { Endpoints = ["hq"], Networks = ["192.0.2.0/24"] });
        Assert.Equal("accepted", (await _host.AskAsync("alice+laptop", laptop.Secret, address: "192.0.2.9")).Result);
        Assert.Equal("source.not_allowed", (await _host.AskAsync("alice+laptop", laptop.Secret, address: "198.51.100.9")).Code);
        Assert.Equal("endpoint.not_allowed", (await _host.AskAsync("alice+laptop", laptop.Secret, key: VerifyHost.OtherCallerKey, address: "192.0.2.9")).Code);
        DeviceDetail now = (await Devices.GetAsync(Actor.Portal, laptop.Id, None)).Value;
        await Devices.ChangeAsync(Actor.Portal, laptop.Id, DeviceInput.Of(now) with { Networks = [] }, now.Version, None);
        Assert.Equal("accepted", (await _host.AskAsync("alice+laptop", laptop.Secret, address: "198.51.100.9")).Result);
    }

    [Fact]
    public async Task Limit_RefusesTheOneTooMany()
    {
        await _host.AddGroupAsync(new Group { Name = "staff", DeviceLimit = 1 }, [_alice]);
        await AddAsync("laptop");
        Assert.Equal("device_limit", (await Devices.CreateAsync(Actor.Portal, _alice, new DeviceInput { Name = "phone" }, None)).Error?.Code);
    }

    private async Task<IssuedDeviceSecret> AddAsync(string name, Func<DeviceInput, DeviceInput>? adjust = null)
    {
        var input = new DeviceInput { Name = name };
        return (await Devices.CreateAsync(Actor.Portal, _alice, adjust?.Invoke(input) ?? input, None)).Value;
    }
}
