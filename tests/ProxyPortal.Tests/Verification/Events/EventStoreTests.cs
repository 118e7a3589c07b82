using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Verification.Events;

/// <summary>What lies in the database, how long, and how it is found again.</summary>
public sealed class EventStoreTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;
    private UserModel _alice = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VerificationEvents Events => _host.Get<VerificationEvents>();

    private VerificationEventQueries Queries => _host.Get<VerificationEventQueries>();

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        Guid id = (await _host.AddUserAsync("alice")).Id;
        _alice = Recording.User("alice", id);
        _ = _host.Get<EventWriter>();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Event_IsStoredWithEverything_AndGrowsInPlace()
    {
        VerificationId first = Events.Record(_time.GetUtcNow(), _alice, source: Recording.Desk, fromMemory: true, latency: TimeSpan.FromMicroseconds(5));
        await FlushAsync();
        _time.Advance(TimeSpan.FromSeconds(30));
        VerificationId last = Events.Record(_time.GetUtcNow(), _alice, source: Recording.Desk, latency: TimeSpan.FromMicroseconds(12_000));
        await FlushAsync();

        VerificationEvent row = Assert.Single((await ListAsync(new())).Items);
        Assert.Equal((first, last), (VerificationId.FromBytes(row.Id), VerificationId.FromBytes(row.LastId)));
        Assert.Equal((_time.GetUtcNow().AddSeconds(-30), _time.GetUtcNow()), (row.FirstAt, row.LastAt));
        Assert.Equal((_alice.Id, null, "alice", "192.0.2.10"), (row.UserId, row.DeviceId, row.Login, row.Source));
        Assert.Equal((Recording.Caller.ProxyId, "hq-squid", Recording.Hq.Id, "hq"), (row.ProxyId, row.ProxyName, row.EndpointId, row.EndpointName));
        Assert.Equal((Core.Http.AuthSchemes.Basic, RejectionReason.None, 2, 1, 12_005, 12_000), (row.Scheme, row.Reason, row.Count, row.FromMemory, row.LatencySumMicroseconds, row.LatencyMaxMicroseconds));
    }

    [Fact]
    public async Task Rollups_AddUpByMinuteHourAndDay_HoweverOftenTheyAreMade()
    {
        for (int minute = 0; minute < 130; minute++)
        {
            Events.Record(_time.GetUtcNow(), _alice, latency: TimeSpan.FromMicroseconds(10 + minute));
            Events.Record(_time.GetUtcNow(), null, "nobody", RejectionReason.UnknownUser);
            await FlushAsync();
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        for (int i = 0; i < 2; i++)
            await _host.Get<EventRetention>().RollUpAsync(_time.GetUtcNow().AddHours(-3), _time.GetUtcNow(), Token);

        await using PortalDbContext db = await _host.OpenAsync();
        List<VerificationRollup> accepted = await db.VerificationRollups.Where(rollup => rollup.Reason == RejectionReason.None).OrderBy(rollup => rollup.Start).ToListAsync(Token);
        Assert.Equal(130, accepted.Count(rollup => rollup.Span is RollupSpan.Minute));
        Assert.Equal([60, 60, 10], accepted.Where(rollup => rollup.Span is RollupSpan.Hour).Select(rollup => rollup.Count));
        VerificationRollup day = Assert.Single(accepted, rollup => rollup.Span is RollupSpan.Day);
        Assert.Equal((130, 139, new DateTimeOffset(2026, 11, 3, 0, 0, 0, TimeSpan.Zero)), (day.Count, day.LatencyMaxMicroseconds, day.Start));
        Assert.Equal(130, (await db.VerificationRollups.SingleAsync(rollup => rollup.Reason == RejectionReason.UnknownUser && rollup.Span == RollupSpan.Day, Token)).Count);
    }

    [Fact]
    public async Task Sweep_RemovesWhatIsPastItsTime_AndNothingElse()
    {
        Events.Record(_time.GetUtcNow(), _alice);
        await FlushAsync();
        await _host.Get<EventRetention>().RollUpAsync(_time.GetUtcNow(), _time.GetUtcNow(), Token);
        Assert.Equal("1 event, minute hour day", await LeftAsync());
        await SweepAfterAsync(3);
        Assert.Equal("1 event, hour day", await LeftAsync());
        await SweepAfterAsync(28);
        Assert.Equal("0 event, hour day", await LeftAsync());
        await SweepAfterAsync(31);
        Assert.Equal("0 event, day", await LeftAsync());
        // Nor may summing up bring it back, or take away what cannot be summed up any more.
        await _host.Get<EventRetention>().RollUpAsync(_time.GetUtcNow().AddDays(-90), _time.GetUtcNow(), Token);
        Assert.Equal("0 event, day", await LeftAsync());
        await SweepAfterAsync(340);
        Assert.Equal("0 event, ", await LeftAsync());
    }

    [Fact]
    public async Task LastUses_AreWrittenWithoutTouchingTheDirectoryOrTheVersion()
    {
        var device = new Device { UserId = _alice.Id, Name = "laptop", SecretDigest = [1] };
        await _host.AddRowAsync(device);
        (long changes, long version) = await FeedAsync();
        DeviceModel laptop = Recording.Device("laptop", device.Id);
        DateTimeOffset used = _time.GetUtcNow();
        Events.Record(used, _alice, device: laptop, source: Recording.Desk);
        Events.Record(used.AddSeconds(5), _alice, device: laptop, reason: RejectionReason.WrongSecret);
        await _host.Get<ActivityWriter>().WriteAsync(TimeSpan.Zero, Token);
        Events.Record(used.AddSeconds(-5), _alice, device: laptop, source: Recording.Desk);
        await _host.Get<ActivityWriter>().WriteAsync(TimeSpan.Zero, Token);

        Assert.Equal((changes, version), await FeedAsync());
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal(used, (await db.Users.SingleAsync(user => user.Id == _alice.Id, Token)).LastUsedAt);
        Assert.Equal(used, (await db.Devices.SingleAsync(Token)).LastUsedAt);
        // So that a restart does not take somebody who was here a minute ago for idle.
        DirectoryIndex index = new();
        await new DirectoryIndexLoader(_host.Get<IDbContextFactory<PortalDbContext>>(), index, []).LoadAllAsync(_time.GetUtcNow(), Token);
        Assert.Equal(used.UtcTicks, index.FindUser("alice")!.LastUsedAt);
    }

    // A crowd that arrives at once must not keep the database, and a core, from everyone else.
    [Fact]
    public async Task Crowd_IsWrittenByAndBy()
    {
        const int crowd = EventWriter.MostPerWrite + 500;
        for (int i = 0; i < crowd; i++)
            RecordOne(Recording.User($"u{i}"));
        EventWriter writer = _host.Get<EventWriter>();
        Assert.True(await writer.WriteDueAsync(Token));
        Assert.Equal(EventWriter.MostPerWrite, writer.Written);
        Assert.True(await writer.WriteDueAsync(Token));
        Assert.Equal(crowd, writer.Written);
    }

    // More than one transaction, and one of them fails: nothing is lost.
    [Fact]
    public async Task LastUses_OfACrowd_SurviveADatabaseThatIsAwayInBetween()
    {
        User[] people = [.. Enumerable.Range(0, 1_200).Select(i => new User { Id = Guid.CreateVersion7(), UserName = $"u{i}", NormalizedUserName = $"u{i}", DisplayName = "", SecurityStamp = "x" })];
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            db.Users.AddRange(people);
            await db.SaveChangesAsync(Token);
        }
        ActivityWriter writer = _host.Get<ActivityWriter>();
        foreach (User person in people)
            RecordOne(Recording.User(person.UserName!, person.Id));
        await _host.BreakAsync("users");
        await writer.WriteAsync(TimeSpan.Zero, Token);
        await _host.MendAsync("users");
        await writer.WriteAsync(TimeSpan.Zero, Token);
        await using PortalDbContext after = await _host.OpenAsync();
        Assert.Equal(people.Length, await after.Users.CountAsync(user => user.LastUsedAt != null && user.UserName != "alice", Token));
    }

    [Fact]
    public async Task LastUses_OfADevice_TellAddressAndOutcomeOfTheLatest()
    {
        var device = new Device { UserId = _alice.Id, Name = "laptop", SecretDigest = [1] };
        await _host.AddRowAsync(device);
        Events.Record(_time.GetUtcNow(), _alice, device: Recording.Device("laptop", device.Id), source: Recording.Desk, reason: RejectionReason.WrongSecret);
        await _host.BreakAsync("devices");
        await _host.Get<ActivityWriter>().WriteAsync(TimeSpan.Zero, Token);
        await _host.MendAsync("devices");
        await _host.Get<ActivityWriter>().WriteAsync(TimeSpan.Zero, Token);
        await using PortalDbContext db = await _host.OpenAsync();
        Device row = await db.Devices.SingleAsync(Token);
        Assert.Equal(("192.0.2.10", RejectionReason.WrongSecret, null), (row.LastAddress, row.LastReason, row.LastUsedAt));
    }

    [Fact]
    public async Task List_ByUserCodeAndTime_FindsTheseAndPages()
    {
        DeviceModel laptop = Recording.Device("laptop");
        Events.Record(_time.GetUtcNow(), _alice);
        Events.Record(_time.GetUtcNow(), _alice, device: laptop);
        Events.Record(_time.GetUtcNow(), _alice, reason: RejectionReason.AccountExpired);
        Events.Record(_time.GetUtcNow(), null, "mallory of old", RejectionReason.UnknownUser);
        await FlushAsync();
        _time.Advance(TimeSpan.FromMinutes(20));
        Events.Record(_time.GetUtcNow(), _alice, reason: RejectionReason.WrongSecret);
        await FlushAsync();

        Assert.Equal(5, (await ListAsync(new())).Total);
        Assert.Equal(4, (await ListAsync(new("ALICE"))).Total);
        Assert.Equal(laptop.Id, Assert.Single((await ListAsync(new("alice+laptop"))).Items).DeviceId);
        Assert.Equal(RejectionReason.UnknownUser, Assert.Single((await ListAsync(new("Mallory of old"))).Items).Reason);
        Assert.Equal(0, (await ListAsync(new("nobody"))).Total);
        Assert.Equal(2, (await ListAsync(new("alice", "ok"))).Total);
        Assert.Equal(RejectionReason.AccountExpired, Assert.Single((await ListAsync(new(null, "account.expired"))).Items).Reason);
        Assert.Equal(RejectionReason.WrongSecret, Assert.Single((await ListAsync(new(Since: _time.GetUtcNow()))).Items).Reason);
        Assert.Equal(4, (await ListAsync(new(Until: _time.GetUtcNow()))).Total);
        PageOf<VerificationEvent> page = await ListAsync(new(Page: 1, PageSize: 2));
        Assert.Equal((2, 5), (page.Items.Count, page.Total));
        Assert.Equal("code_unknown", (await Queries.ListAsync(_host.Admin, new(Code: "credential.rejected"), Token)).Error?.Code);
    }

    [Fact]
    public async Task Find_AnIdOfTheProxysLog_LeadsToItsEvent()
    {
        VerificationId first = Events.Record(_time.GetUtcNow(), _alice);
        _time.Advance(TimeSpan.FromMilliseconds(1500));
        VerificationId between = Events.Record(_time.GetUtcNow(), _alice);
        _time.Advance(TimeSpan.FromMilliseconds(1500));
        VerificationId last = Events.Record(_time.GetUtcNow(), _alice);
        VerificationId rejected = Events.Record(_time.GetUtcNow(), null, "x", RejectionReason.UnknownUser);
        await FlushAsync();

        Assert.Equal((true, "alice", 3), await FindAsync(first.ToString()));
        Assert.Equal((true, "alice", 3), await FindAsync(last.ToString().ToLowerInvariant()));
        Assert.Equal((false, "alice", 3), await FindAsync(between.ToString()));
        Assert.True((await FindAsync(rejected.ToString())).IsExact);
        Assert.Empty((await Queries.FindAsync(_host.Admin, VerificationId.Create(_time.GetUtcNow().AddDays(-1).UtcTicks).ToString(), Token)).Value.Events);
        foreach (string bad in (string[])["", "x", "81234567890123456789012345", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FA!", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"])
            Assert.Equal("id_invalid", (await Queries.FindAsync(_host.Admin, bad, Token)).Error?.Code);
    }

    [Fact]
    public async Task ListOwn_ShowsNobodyElse()
    {
        Actor bob = await _host.AddPersonAsync("bob", PortalRole.None);
        Events.Record(_time.GetUtcNow(), _alice);
        Events.Record(_time.GetUtcNow(), Recording.User("bob", bob.Id));
        Events.Record(_time.GetUtcNow(), null, "bob", RejectionReason.UnknownUser);
        await FlushAsync();
        Assert.Equal(bob.Id, Assert.Single((await Queries.ListOwnAsync(bob, new("alice"), Token)).Value.Items).UserId);
        Assert.Equal("forbidden", (await Queries.ListOwnAsync(Actor.Nobody, new(), Token)).Error?.Code);
        Assert.Equal("forbidden", (await Queries.FindAsync(bob, VerificationId.Create(1).ToString(), Token)).Error?.Code);
    }

    [Fact]
    public async Task Restart_FindsTheHourBeforeItAndTheRejections()
    {
        Events.Record(_time.GetUtcNow(), _alice);
        Events.Record(_time.GetUtcNow(), null, "mallory", RejectionReason.UnknownUser, Recording.Desk);
        Events.Record(_time.GetUtcNow(), _alice, reason: RejectionReason.Overloaded);
        await FlushAsync();
        _time.Advance(TimeSpan.FromMinutes(10));

        var after = new VerificationActivity(new VerificationEvents(), _time);
        await new EventHistory(_host.Get<IDbContextFactory<PortalDbContext>>(), after, _time, Microsoft.Extensions.Logging.Abstractions.NullLogger<EventHistory>.Instance).RecallAsync(Token);

        MinuteTally minute = Assert.Single(after.LastHour(), tally => tally.Accepted + tally.Rejected + tally.Temporary > 0);
        Assert.Equal((_time.GetUtcNow().AddMinutes(-10), 1, 1, 1), (minute.Minute, minute.Accepted, minute.Rejected, minute.Temporary));
        RecentRejection rejection = Assert.Single(after.Rejections(), rejection => rejection.Reason is RejectionReason.UnknownUser);
        Assert.Equal((Recording.Desk, "hq-squid"), (rejection.ClientAddress, rejection.ProxyName));
    }

    private async Task<(bool IsExact, string Login, int Count)> FindAsync(string id)
    {
        Result<FoundEvents> found = await Queries.FindAsync(_host.Admin, id, Token);
        VerificationEvent one = Assert.Single(found.Value.Events);
        return (found.Value.IsExact, one.Login, one.Count);
    }

    private async Task<PageOf<VerificationEvent>> ListAsync(VerificationEventQuery query) => (await Queries.ListAsync(_host.Admin, query, Token)).Value;

    // Faster than ever in earnest: collected each time, so that none is dropped for want of room.
    private void RecordOne(UserModel user)
    {
        Events.Record(_time.GetUtcNow(), user);
        Events.Collect();
    }

    private async Task FlushAsync() => Assert.True(await _host.Get<EventWriter>().FlushAsync(all: false, Token));

    private async Task SweepAfterAsync(int days)
    {
        _time.Advance(TimeSpan.FromDays(days));
        await _host.Get<EventRetention>().SweepAsync(_time.GetUtcNow(), Token);
    }

    private async Task<string> LeftAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        List<RollupSpan> spans = await db.VerificationRollups.OrderBy(rollup => rollup.Span).Select(rollup => rollup.Span).ToListAsync(Token);
        return $"{await db.VerificationEvents.CountAsync(Token)} event, {string.Join(' ', spans).ToLowerInvariant()}";
    }

    private async Task<(long Changes, long Version)> FeedAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return (await db.DirectoryChanges.CountAsync(Token), (await db.Users.SingleAsync(user => user.Id == _alice.Id, Token)).Version);
    }
}
