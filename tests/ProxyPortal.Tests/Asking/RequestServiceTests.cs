using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Asking;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Mail;
using ProxyPortal.Notices;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Asking;

public sealed class RequestServiceTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private readonly Group _lab = new() { Name = "lab", MayBeAskedFor = true };
    private readonly Group _hidden = new() { Name = "board" };
    private ServiceHost _host = null!;
    private Actor _alice = null!;
    private Actor _bob = null!;

    private GroupRequestService Own => _host.Get<GroupRequestService>();

    private RequestService Queue => _host.Get<RequestService>();

    private RequestDecisionService Decisions => _host.Get<RequestDecisionService>();

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        _alice = await _host.AddPersonAsync("alice", PortalRole.None);
        _bob = await _host.AddPersonAsync("bob", PortalRole.None);
        await _host.AddRowAsync(_lab, _hidden);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Ask_AcceptedForAWeek_MakesAMember_UntilTheWeekIsOver()
    {
        Assert.Equal(["lab"], (await Own.ListOwnAsync(_alice, None)).Value.Offers.Select(offer => offer.Name));
        Assert.True((await Own.AskAsync(_alice, _lab.Id, "the new oscilloscope", 7, None)).Succeeded);
        RequestSummary waiting = Assert.Single((await Queue.ListAsync(_host.Admin, new RequestQuery(), None)).Value.Items);
        Assert.Equal(("alice", "lab", "the new oscilloscope", 7), (waiting.Asker.Login, waiting.Group, waiting.Reason, waiting.Days));
        Assert.False(await IsMemberAsync(_alice, _lab));

        Assert.True((await Decisions.AcceptAsync(_host.Admin, waiting.Id, "have fun", None)).Succeeded);
        Assert.True(await IsMemberAsync(_alice, _lab));
        Assert.Equal(RequestRules.NotWaiting, (await Decisions.DeclineAsync(_host.Admin, waiting.Id, "no", None)).Error);
        RequestSummary mine = Assert.Single((await Own.ListOwnAsync(_alice, None)).Value.Requests);
        Assert.Equal((RequestStatus.Accepted, "have fun", _time.GetUtcNow().AddDays(7)), (mine.Status, mine.Decision!.Reason, mine.MemberUntil));

        _time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromTicks(1));
        await _host.Get<AskingDesk>().HandleAsync(None);
        Assert.True(await IsMemberAsync(_alice, _lab));
        _time.Advance(TimeSpan.FromTicks(1));
        await _host.Get<AskingDesk>().HandleAsync(None);
        await _host.Get<AskingDesk>().HandleAsync(None);
        Assert.False(await IsMemberAsync(_alice, _lab));
        Assert.Equal(["lab"], (await Own.ListOwnAsync(_alice, None)).Value.Offers.Select(offer => offer.Name));
    }

    [Fact]
    public async Task Ask_WhatIsNotOnOffer_OrTwice_OrForNothing_IsRefused()
    {
        Assert.Equal(GroupService.NotFound, (await Own.AskAsync(_alice, _hidden.Id, "why not", null, None)).Error);
        Assert.Equal(GroupService.NotFound, (await Own.AskAsync(_alice, Guid.Empty, "why not", null, None)).Error);
        Assert.Equal("reason_required", (await Own.AskAsync(_alice, _lab.Id, " ", null, None)).Error?.Code);
        Assert.Equal("reason_invalid", (await Own.AskAsync(_alice, _lab.Id, "a\0b", null, None)).Error?.Code);
        Assert.Equal("days_invalid", (await Own.AskAsync(_alice, _lab.Id, "x", 8, None)).Error?.Code);
        Assert.True((await Own.AskAsync(_alice, _lab.Id, "für Müller 🙂", null, None)).Succeeded);
        Assert.Equal(GroupRequestService.AskedAlready, (await Own.AskAsync(_alice, _lab.Id, "again", null, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Own.AskAsync(Actor.Nobody, _lab.Id, "x", null, None)).Error);
        await _host.ChangeUserAsync(_bob.Id!.Value, user => user.SuspendedAt = _time.GetUtcNow());
        Assert.Equal(AccessControl.Forbidden, (await Own.AskAsync(_bob, _lab.Id, "x", null, None)).Error);
    }

    [Fact]
    public async Task Ask_InTwoTabsAtOnce_LeavesOneRequest()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Own.AskAsync(_alice, _lab.Id, "x", null, None)));
        Assert.Single((await Queue.ListAsync(_host.Admin, new RequestQuery(), None)).Value.Items);
    }

    [Fact]
    public async Task Withdraw_IsForTheOneWhoAsked()
    {
        Guid id = await AskAsync(_alice);
        Assert.Equal(RequestRules.NotFound, (await Own.WithdrawAsync(_bob, id, None)).Error);
        Assert.Empty((await Own.ListOwnAsync(_bob, None)).Value.Requests);
        Assert.True((await Own.WithdrawAsync(_alice, id, None)).Succeeded);
        Assert.Equal(RequestRules.NotWaiting, (await Decisions.AcceptAsync(_host.Admin, id, null, None)).Error);
        Assert.False(await IsMemberAsync(_alice, _lab));
    }

    [Fact]
    public async Task Decide_WhatLapsed_IsNotAccepted_AndCanBeAskedAgain()
    {
        Guid id = await AskAsync(_alice);
        _time.Advance(RequestRules.Lifetime);
        Assert.Equal(RequestRules.Lapsed, (await Decisions.AcceptAsync(_host.Admin, id, null, None)).Error);
        Assert.Empty((await Queue.ListAsync(_host.Admin, new RequestQuery(), None)).Value.Items);
        Assert.Equal(id, Assert.Single((await Queue.ListAsync(_host.Admin, new RequestQuery(Status: RequestStatus.Lapsed), None)).Value.Items).Id);
        await AskAsync(_alice);
    }

    [Fact]
    public async Task Decide_Many_EachForItself_AndOnlyByThoseWhoMay()
    {
        Guid[] ids = [await AskAsync(_alice), await AskAsync(_bob)];
        Actor desk = await _host.AddPersonAsync("otto", PortalRole.Operator);
        Assert.Equal(AccessControl.Forbidden, (await Decisions.AcceptAsync(desk, ids[0], null, None)).Error);
        Assert.Equal("reason_required", (await Decisions.DecideAsync(_host.Admin, ids, accept: false, " ", None)).Error?.Code);
        IReadOnlyList<RequestOutcome> outcomes = (await Decisions.DecideAsync(_host.Admin, [.. ids, Guid.Empty], accept: false, "no room", None)).Value;
        Assert.Equal([null, null, "not_found"], outcomes.Select(outcome => outcome.Error?.Code));
        Assert.Equal("no room", Assert.Single((await Own.ListOwnAsync(_bob, None)).Value.Requests).Decision!.Reason);
    }

    [Fact]
    public async Task Queue_OfALimitedRole_HoldsItsPartOnly()
    {
        var berlin = new Group { Name = "berlin" };
        await _host.AddRowAsync(berlin);
        await JoinAsync(_alice, berlin);
        Guid[] ids = [await AskAsync(_alice), await AskAsync(_bob)];
        Actor desk = await _host.AddPersonAsync("otto", PortalRole.Operator);
        await _host.ChangeUserAsync(desk.Id!.Value, user => user.RoleGroups = [berlin.Id]);
        await _host.AddRowAsync(new AccessRequest { Kind = RequestKind.Access, State = RequestState.Waiting, Mail = "eve@example.test", Name = "Eve", AskedAt = _time.GetUtcNow(), EndsAt = _time.GetUtcNow().AddDays(1) });
        Assert.Equal([ids[0]], (await Queue.ListAsync(desk, new RequestQuery(), None)).Value.Items.Select(request => request.Id));
        Assert.Equal(RequestRules.NotFound, (await Queue.GetAsync(desk, ids[1], None)).Error);
    }

    [Fact]
    public async Task Notices_TellThoseWhoDecideThatItWaits_AndTheAskerWhatWasDecided()
    {
        await ReadNoticesAsync();
        Guid id = await AskAsync(_alice);
        await Decisions.AcceptAsync(_host.Admin, id, "ok", None);
        await ReadNoticesAsync();
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal([(_alice.Id!.Value, NoticeKind.RequestDecided), (_host.Admin.Id!.Value, NoticeKind.RequestWaits)],
            (await db.Notices.OrderBy(notice => notice.Kind).ToListAsync(None)).Select(notice => (notice.UserId, notice.Kind)));
    }

    [Fact]
    public async Task Access_Accepted_MakesAnAccountWithAFreeName_AndMailsTheLink()
    {
        await _host.AddUserAsync("eve.abel");
        var request = new AccessRequest { Kind = RequestKind.Access, State = RequestState.Waiting, Mail = "Eve.Abel@example.test", Name = "Eve Abel", Days = 30, AskedAt = _time.GetUtcNow(), EndsAt = _time.GetUtcNow().AddDays(1) };
        await _host.AddRowAsync(request);
        Assert.True((await Decisions.AcceptAsync(_host.Admin, request.Id, null, None)).Succeeded);
        await using PortalDbContext db = await _host.OpenAsync();
        User eve = await db.Users.SingleAsync(user => user.DisplayName == "Eve Abel", None);
        Assert.Equal(("eve.abel2", "Eve.Abel@example.test", _time.GetUtcNow().AddDays(30)), (eve.UserName, eve.Email, eve.ValidUntil));
        Assert.Equal(MailKind.Invitation, (await db.Mails.SingleAsync(mail => mail.ToAddress == "Eve.Abel@example.test", None)).Kind);
    }

    private async Task<Guid> AskAsync(Actor who)
    {
        Result asked = await Own.AskAsync(who, _lab.Id, "because", null, None);
        Assert.True(asked.Succeeded, asked.Error?.Message);
        return (await Own.ListOwnAsync(who, None)).Value.Requests.First(request => request.Status is RequestStatus.Waiting).Id;
    }

    private async Task ReadNoticesAsync()
    {
        AuditNotices notices = _host.Get<AuditNotices>();
        while (await notices.ReadAsync(None)) { }
    }

    private async Task<bool> IsMemberAsync(Actor who, Group group)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.Users.AnyAsync(user => user.Id == who.Id && user.Groups.Any(row => row.Id == group.Id), None);
    }

    private async Task JoinAsync(Actor who, Group group)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        (await db.Groups.Include(row => row.Users).SingleAsync(row => row.Id == group.Id, None)).Users.Add(await db.Users.SingleAsync(user => user.Id == who.Id, None));
        await db.SaveChangesAsync(None);
    }
}
