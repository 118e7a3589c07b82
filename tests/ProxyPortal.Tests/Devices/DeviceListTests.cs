using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Devices;

public sealed class DeviceListTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;
    private CreatedUser _alice = null!;
    private CreatedUser _bob = null!;
    private int _made;

    private DeviceService Devices => _host.Get<DeviceService>();

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        _alice = await _host.AddUserAsync("alice", input => input with { DisplayName = "Alice Abel" });
        _bob = await _host.AddUserAsync("bob", input => input with { DisplayName = "Bob Baker" });
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Status_EveryCombination_SqlAndCodeAgree()
    {
        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset?[] times = [null, now.AddTicks(-1), now, now.AddTicks(1)];
        int count = 0;
        foreach (DeviceState state in Enum.GetValues<DeviceState>())
        {
            foreach (DateTimeOffset? requestEnds in times)
            {
                foreach (DateTimeOffset? expires in times)
                    await _host.AddRowAsync(NewDevice(_alice.Id, $"d{count++}", device => (device.State, device.RequestEndsAt, device.ExpiresAt) = (state, requestEnds, expires)));
            }
        }
        await using PortalDbContext db = await _host.OpenAsync();
        List<Device> all = await db.Devices.ToListAsync(None);
        IReadOnlyDictionary<DeviceStatus, int> counts = (await Devices.CountAsync(_host.Admin, None)).Value;
        foreach (DeviceStatus status in Enum.GetValues<DeviceStatus>())
        {
            Guid[] expected = [.. all.Where(device => DeviceStatuses.Of(now, device.State, device.RequestEndsAt, device.ExpiresAt) == status).Select(device => device.Id).Order()];
            PageOf<DeviceSummary> listed = await ListAsync(new DeviceQuery(Status: status, PageSize: 200));
            Assert.Equal(expected, listed.Items.Select(device => device.Id).Order());
            Assert.All(listed.Items, device => Assert.Equal(status, device.Status));
            Assert.Equal((expected.Length, expected.Length), (listed.Total, counts[status]));
        }
    }

    [Fact]
    public async Task SecretTooOldByPolicy_IsNotCalledApproved()
    {
        await AddThreeAsync();
        await using PortalDbContext db = await _host.OpenAsync();
        Device old = await db.Devices.SingleAsync(device => device.UserId == _bob.Id, None);
        old.SecretIssuedAt = _time.GetUtcNow().AddDays(-91);
        db.ExpiryPolicies.Add(new ExpiryPolicy { Name = "quarter", IsDefault = true, DeviceSecretMaxAgeDays = 90 });
        await db.SaveChangesAsync(None);

        DeviceSummary listed = (await ListAsync(new DeviceQuery("bob"))).Items.Single();
        Assert.Equal((_time.GetUtcNow().AddDays(-1), "Secret too old"), (listed.SecretEndedAt, DeviceWords.Of(listed).Text));
        Assert.Equal(listed.SecretEndedAt, (await Devices.GetAsync(_host.Admin, old.Id, None)).Value.Summary.SecretEndedAt);
        await _host.ChangeRowAsync<Device>(old.Id, device => device.SecretIssuedAt = _time.GetUtcNow());
        Assert.Equal("Approved", DeviceWords.Of((await ListAsync(new DeviceQuery("bob"))).Items.Single()).Text);
    }

    [Theory]
    [InlineData("alice+lap", "alice+laptop")]
    [InlineData("ALICE", "alice+laptop alice+phone")]
    [InlineData("baker", "bob+phone")]
    [InlineData("phone", "alice+phone bob+phone")]
    [InlineData("%", "")]
    [InlineData("a_ice", "")]
    public async Task Search_FindsByLoginUserAndName(string text, string logins)
    {
        await AddThreeAsync();
        Assert.Equal(logins, string.Join(' ', (await ListAsync(new DeviceQuery(text))).Items.Select(device => device.Login).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(null, false, "alice+laptop alice+phone bob+phone")]
    [InlineData("user", true, "bob+phone alice+laptop alice+phone")]
    [InlineData("lastSeen", true, "bob+phone alice+phone alice+laptop")]
    [InlineData("lastSeen", false, "alice+phone bob+phone alice+laptop")]
    [InlineData("expiresAt", false, "alice+laptop alice+phone bob+phone")]
    [InlineData("createdAt", true, "bob+phone alice+phone alice+laptop")]
    public async Task Sort_WhatHasNoValueComesLast(string? sort, bool descending, string logins)
    {
        await AddThreeAsync();
        Assert.Equal(logins, string.Join(' ', (await ListAsync(new DeviceQuery(Sort: sort, Descending: descending))).Items.Select(device => device.Login)));
    }

    [Theory]
    [InlineData("secretDigest")]
    [InlineData("Name")]
    public async Task Sort_ByAnythingElse_IsRefused(string sort) =>
        Assert.Equal("sort_unknown", (await Devices.ListAsync(_host.Admin, new DeviceQuery(Sort: sort), None)).Error?.Code);

    [Fact]
    public async Task Filters_ByUserAndKind_AndUsersInTheBinTakeTheirsAlong()
    {
        await AddThreeAsync();
        Assert.Equal(2, (await ListAsync(new DeviceQuery(UserId: _alice.Id))).Total);
        Assert.Equal("alice+laptop", Assert.Single((await ListAsync(new DeviceQuery(Kind: DeviceKind.Computer))).Items).Login);
        Guid bobs = (await ListAsync(new DeviceQuery(UserId: _bob.Id))).Items[0].Id;
        await _host.Users.DeleteAsync(_host.Admin, _bob.Id, None);
        Assert.Equal(2, (await ListAsync(new DeviceQuery())).Total);
        Assert.Equal("not_found", (await Devices.GetAsync(_host.Admin, bobs, None)).Error?.Code);
        Assert.Equal("search_too_long", (await Devices.ListAsync(_host.Admin, new DeviceQuery(new string('x', 201)), None)).Error?.Code);
    }

    private async Task AddThreeAsync()
    {
        DateTimeOffset now = _time.GetUtcNow();
        await _host.AddRowAsync(
            NewDevice(_alice.Id, "laptop", device => (device.Kind, device.CreatedAt, device.ExpiresAt) = (DeviceKind.Computer, now, now.AddDays(1))),
            NewDevice(_alice.Id, "phone", device => (device.CreatedAt, device.LastUsedAt) = (now.AddHours(1), now.AddHours(1))),
            // After those of alice where the name decides nothing.
            NewDevice(_bob.Id, "phone", device => (device.CreatedAt, device.LastUsedAt) = (now.AddHours(2), now.AddHours(2))));
    }

    private Device NewDevice(Guid user, string name, Action<Device> adjust)
    {
        var device = new Device { Id = Guid.CreateVersion7(_time.GetUtcNow().AddSeconds(_made++)), UserId = user, Name = name, SecretDigest = new byte[32] };
        adjust(device);
        return device;
    }

    private async Task<PageOf<DeviceSummary>> ListAsync(DeviceQuery query) => (await Devices.ListAsync(_host.Admin, query, None)).Value;
}
