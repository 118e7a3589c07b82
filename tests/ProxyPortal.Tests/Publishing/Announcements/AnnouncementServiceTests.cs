using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Groups;
using ProxyPortal.Notices;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Users;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Announcements;

public sealed class AnnouncementServiceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-02T09:00:00Z", CultureInfo.InvariantCulture));
    private ServiceHost _host = null!;
    private ProxyEndpoint _old = null!;
    private ProxyEndpoint _new = null!;
    private ProxyEndpoint _inner = null!;
    private Actor _alice = null!;
    private Actor _bob = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private AnnouncementService Announcements => _host.Get<AnnouncementService>();

    private PlannedChanges Planned => _host.Get<PlannedChanges>();

    private AnnouncementInput Move => new() { Endpoint = "old", Replacement = "new", EffectiveAt = _time.GetUtcNow().AddDays(30), Comment = "The old machine goes." };

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        var proxy = new Proxy { Name = "hq-squid", Realm = "Example proxy", CreatedAt = _time.GetUtcNow() };
        _old = new ProxyEndpoint { ProxyId = proxy.Id, Name = "old", Host = "old.example.test", Port = 3128 };
        _new = new ProxyEndpoint { ProxyId = proxy.Id, Name = "new", Host = "new.example.test", Port = 3129 };
        _inner = new ProxyEndpoint { ProxyId = proxy.Id, Name = "inner", Host = "inner.example.test", Port = 3130, Visibility = EndpointVisibility.Groups };
        await _host.AddRowAsync(proxy, _old, _new, _inner);
        _alice = await _host.AddPersonAsync("alice", PortalRole.None);
        _bob = await _host.AddPersonAsync("bob", PortalRole.None);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Announce_OpensTheNewWay_AndCarryingOutEndsTheOld()
    {
        var staff = new Group { Name = "staff" };
        var laptop = new Device { UserId = _alice.Id!.Value, Name = "laptop", SecretDigest = new byte[32], State = DeviceState.Approved, SecretIssuedAt = _time.GetUtcNow(), Endpoints = [_old.Id] };
        await _host.AddRowAsync(staff, laptop, new PacProfile { Name = "branch", Endpoints = [_old.Id], Routes = [new PacProfileRoute([".example.org"], [_old.Id, _new.Id])] });
        await _host.ChangeRowAsync<ProxyEndpoint>(_old.Id, row => row.Groups.Add(new Group { Name = "lab" }));

        Guid id = await AnnounceAsync(Move);
        Assert.Equal(["new", "old"], await EndpointsOfGroupAsync("lab"));
        Assert.Empty(await EndpointsOfGroupAsync("staff"));
        Assert.Equal([_old.Id, _new.Id], await EndpointsOfDeviceAsync(laptop.Id));

        Assert.True((await Announcements.CarryOutAsync(_host.Admin, id, None)).Succeeded);
        Assert.Equal(["new"], await EndpointsOfGroupAsync("lab"));
        Assert.Equal([_new.Id], await EndpointsOfDeviceAsync(laptop.Id));
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.False(await db.ProxyEndpoints.AnyAsync(row => row.Id == _old.Id, None));
        PacProfile profile = await db.PacProfiles.SingleAsync(None);
        Assert.Equal([_new.Id], profile.Endpoints);
        Assert.Equal([_new.Id], profile.Routes.Single().Endpoints);
        AnnouncementDetail over = (await Announcements.GetAsync(_host.Admin, id, None)).Value;
        Assert.Equal(("old", _time.GetUtcNow(), null), (over.Endpoint, over.RetiredAt, over.Old));
        Assert.Equal("announcement_over", (await Announcements.CarryOutAsync(_host.Admin, id, None)).Error?.Code);
        Assert.Equal([AuditAction.ChangeAnnounced, AuditAction.AnnouncementCarriedOut],
            await db.AuditEntries.Where(entry => entry.TargetKind == "announcement").OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync(None));
    }

    // Whoever may use named endpoints only would be let in everywhere with none.
    [Fact]
    public async Task CarryOut_WhatAGroupOrADeviceNamesAlone_IsRefused_AndChangesNothing()
    {
        await _host.ChangeRowAsync<ProxyEndpoint>(_old.Id, row => row.Groups.Add(new Group { Name = "lab" }));
        Guid id = await AnnounceAsync(Move with { Replacement = null });
        Error? refused = (await Announcements.CarryOutAsync(_host.Admin, id, None)).Error;
        Assert.Equal(("endpoint_in_use", true), (refused?.Code, refused?.Message.Contains("lab", StringComparison.Ordinal)));
        Assert.Equal(["old"], await EndpointsOfGroupAsync("lab"));
        Assert.Null((await Announcements.GetAsync(_host.Admin, id, None)).Value.RetiredAt);
    }

    [Fact]
    public async Task CarryOut_OfASchemeThatEnds_LeavesTheOthers()
    {
        await _host.ChangeRowAsync<ProxyEndpoint>(_old.Id, row => (row.Schemes, row.SchemeOrder) = (AuthSchemes.Basic | AuthSchemes.Digest, ["Digest", "Basic"]));
        Guid id = await AnnounceAsync(Move with { Replacement = null, EndingSchemes = ["digest"] });
        AnnouncementDetail ahead = (await Announcements.GetAsync(_host.Admin, id, None)).Value;
        Assert.Equal(["Digest", "Basic"], ahead.Old!.Schemes);
        Assert.Equal(["Basic"], ahead.New!.Schemes);
        Assert.True((await Announcements.CarryOutAsync(_host.Admin, id, None)).Succeeded);
        await using PortalDbContext db = await _host.OpenAsync();
        ProxyEndpoint now = await db.ProxyEndpoints.SingleAsync(row => row.Id == _old.Id, None);
        Assert.Equal(AuthSchemes.Basic, now.Schemes);
        Assert.Equal(["Basic"], now.SchemeOrder);
    }

    [Fact]
    public async Task Due_IsCarriedOutByItself_WhereThatWasWished()
    {
        Guid wished = await AnnounceAsync(Move with { RetiresByItself = true });
        Guid other = await AnnounceAsync(Move with { Endpoint = "inner", Replacement = null });
        await Announcements.CarryOutDueAsync(None);
        Assert.Null((await Announcements.GetAsync(_host.Admin, wished, None)).Value.RetiredAt);
        _time.Advance(TimeSpan.FromDays(30));
        await Announcements.CarryOutDueAsync(None);
        Assert.NotNull((await Announcements.GetAsync(_host.Admin, wished, None)).Value.RetiredAt);
        Assert.Null((await Announcements.GetAsync(_host.Admin, other, None)).Value.RetiredAt);
    }

    [Fact]
    public async Task Users_OfTheOldWay_AreThoseWhoWentIt_AndNotThoseWhoWereRefused()
    {
        await UseAsync(_alice, _old, daysAgo: 2);
        await UseAsync(_alice, _new, daysAgo: 1);
        await UseAsync(_bob, _old, daysAgo: 40);
        await UseAsync(_host.Admin, _old, daysAgo: 1, RejectionReason.WrongSecret);
        Guid id = await AnnounceAsync(Move);
        Assert.Equal(new AnnouncementCounts(Told: 2, Acknowledged: 0, StillUsing: 1), (await Announcements.GetAsync(_host.Admin, id, None)).Value.Counts);
        OldWayUser user = Assert.Single((await Announcements.ListUsersAsync(_host.Admin, id, None)).Value);
        Assert.Equal(("alice", _time.GetUtcNow().AddDays(-2), _time.GetUtcNow().AddDays(-1), null), (user.UserId, user.LastOld, user.LastNew, user.AcknowledgedAt));

        Assert.True((await Planned.AcknowledgeAsync(_alice, id, None)).Succeeded);
        Assert.True((await Planned.AcknowledgeAsync(_alice, id, None)).Succeeded);
        Assert.Equal(1, (await Announcements.GetAsync(_host.Admin, id, None)).Value.Counts.Acknowledged);
        Assert.NotNull((await Announcements.ListUsersAsync(_host.Admin, id, None)).Value.Single().AcknowledgedAt);
        _time.Advance(EndpointUse.StillUses);
        Assert.Empty((await Announcements.ListUsersAsync(_host.Admin, id, None)).Value);
        Assert.Equal("nobody_left", (await Announcements.RemindAsync(_host.Admin, id, None)).Error?.Code);
    }

    [Fact]
    public async Task Announced_AreToldWhoUsedIt_AndRemindedWhoStillDo_EachOnce()
    {
        await ReadTrailAsync();
        await UseAsync(_alice, _old, daysAgo: 2);
        await UseAsync(_bob, _old, daysAgo: 40);
        Guid id = await AnnounceAsync(Move);
        await ReadTrailAsync();
        await ReadTrailAsync();
        Assert.Equal([_alice.Id!.Value, _bob.Id!.Value], (await ToldAsync()).Order());
        Assert.True((await Announcements.RemindAsync(_host.Admin, id, None)).Succeeded);
        await ReadTrailAsync();
        Assert.Equal([_alice.Id.Value, _alice.Id.Value, _bob.Id.Value], (await ToldAsync()).Order());
    }

    [Fact]
    public async Task Planned_IsSeenByThoseWhoSeeTheEndpoint_AndNamesNoOther()
    {
        Guid hidden = await AnnounceAsync(Move with { Endpoint = "inner", Replacement = null });
        Guid open = await AnnounceAsync(Move with { Replacement = "inner", Endpoint = "old" }, "already_announced");
        Assert.Equal(Guid.Empty, open);
        IReadOnlyList<ConnectEndpoint> visible = await _host.Get<ConnectService>().ListAsync(_alice, None);
        Assert.Empty(Planned.Of(visible));
        Assert.Equal(AnnouncementService.NotFound, (await Planned.AcknowledgeAsync(_alice, hidden, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Planned.AcknowledgeAsync(Actor.Nobody, hidden, None)).Error);
        Assert.True((await Announcements.WithdrawAsync(_host.Admin, hidden, None)).Succeeded);
        await AnnounceAsync(Move with { Replacement = "inner" });
        PlannedChange change = Assert.Single(Planned.Of(visible));
        Assert.Equal(("old", null), (change.Endpoint.Name, change.Replacement));
    }

    [Theory]
    [InlineData("nowhere", "new", null, 30, null, "endpoint_unknown", "endpoint")]
    [InlineData("old", "nowhere", null, 30, null, "endpoint_unknown", "replacement")]
    [InlineData("old", "old", null, 30, null, "replacement_same", "replacement")]
    [InlineData("old", "new", null, null, null, "date_missing", "effectiveAt")]
    [InlineData("old", "new", null, 0, null, "date_invalid", "effectiveAt")]
    [InlineData("old", "new", null, 2000, null, "date_invalid", "effectiveAt")]
    [InlineData("old", null, "Digest", 30, null, "scheme_unknown", "endingSchemes")]
    [InlineData("old", null, "Basic", 30, null, "schemes_all", "endingSchemes")]
    [InlineData("old", "new", "Basic", 30, null, "schemes_and_replacement", "endingSchemes")]
    [InlineData("old", "new", null, 30, "a\0b", "comment_invalid", "comment")]
    public async Task Announce_WhatCannotBe_NamesTheField(string endpoint, string? replacement, string? scheme, int? days, string? comment, string code, string field)
    {
        var input = new AnnouncementInput
        {
            Endpoint = endpoint,
            Replacement = replacement,
            EndingSchemes = scheme is null ? [] : [scheme],
            EffectiveAt = days is { } ahead ? _time.GetUtcNow().AddDays(ahead) : null,
            Comment = comment,
        };
        Error? error = (await Announcements.AnnounceAsync(_host.Admin, input, None)).Error;
        Assert.Equal((code, field), (error?.Code, error?.Field));
    }

    [Fact]
    public async Task Change_ByTwoAtOnce_LosesNothing()
    {
        Guid id = await AnnounceAsync(Move);
        long version = (await Announcements.GetAsync(_host.Admin, id, None)).Value.Version;
        Assert.True((await Announcements.ChangeAsync(_host.Admin, id, Move with { Comment = "first" }, version, None)).Succeeded);
        Assert.Equal(AnnouncementService.Conflict, (await Announcements.ChangeAsync(_host.Admin, id, Move with { Comment = "second" }, version, None)).Error);
        Assert.Equal("first", (await Announcements.GetAsync(_host.Admin, id, None)).Value.Comment);
    }

    private async Task<Guid> AnnounceAsync(AnnouncementInput input, string? refusal = null)
    {
        Result<Guid> made = await Announcements.AnnounceAsync(_host.Admin, input, None);
        Assert.Equal(refusal, made.Error?.Code);
        return made.Succeeded ? made.Value : Guid.Empty;
    }

    private Task UseAsync(Actor who, ProxyEndpoint where, int daysAgo, RejectionReason reason = RejectionReason.None)
    {
        DateTimeOffset at = _time.GetUtcNow().AddDays(-daysAgo);
        byte[] id = VerificationId.Create(at.UtcTicks).ToBytes();
        return _host.AddRowAsync(new VerificationEvent
        {
            Id = id,
            LastId = id,
            FirstAt = at,
            LastAt = at,
            UserId = who.Id,
            Login = who.Name,
            ProxyName = "hq-squid",
            EndpointId = where.Id,
            EndpointName = where.Name,
            Scheme = AuthSchemes.Basic,
            Reason = reason,
            Count = 1,
        });
    }

    private async Task<List<string>> EndpointsOfGroupAsync(string name)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.Groups.Where(group => group.Name == name).SelectMany(group => group.Endpoints).Select(endpoint => endpoint.Name).Order().ToListAsync(None);
    }

    private async Task<List<Guid>> EndpointsOfDeviceAsync(Guid id)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return (await db.Devices.SingleAsync(device => device.Id == id, None)).Endpoints;
    }

    private async Task ReadTrailAsync()
    {
        while (await _host.Get<AuditNotices>().ReadAsync(None))
        {
        }
    }

    private async Task<List<Guid>> ToldAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.Notices.Where(notice => notice.Kind == NoticeKind.EndpointChanges).Select(notice => notice.UserId).ToListAsync(None);
    }
}
