using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Audit;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies.Calendar;
using ProxyPortal.Groups;
using ProxyPortal.Overview;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Access;

/// <summary>A role that is limited to groups: whoever lies outside is not there, in any way in.</summary>
public sealed class RoleScopeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private readonly Group _sales = new() { Name = "sales" };
    private ServiceHost _host = null!;
    private Guid _inside;
    private Guid _outside;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private UserSessionService Sessions => _host.Get<UserSessionService>();

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        await _host.AddRowAsync(_sales, new Group { Name = "staff" });
        (_inside, _outside) = ((await _host.AddUserAsync("inside")).Id, (await _host.AddUserAsync("outside")).Id);
        await using PortalDbContext db = await _host.OpenAsync();
        (await db.Groups.Include(group => group.Users).SingleAsync(group => group.Id == _sales.Id, None)).Users.Add(await db.Users.SingleAsync(user => user.Id == _inside, None));
        await db.SaveChangesAsync(None);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(PortalRole.Operator)]
    [InlineData(PortalRole.Auditor)]
    public async Task Limited_SeesMembersOnly(PortalRole role)
    {
        Actor actor = await AddAsync("limited", role, _sales.Id);
        Assert.Equal(["inside"], (await _host.Users.ListAsync(actor, new UserQuery(), None)).Value.Items.Select(user => user.UserId));
        Assert.Equal(1, (await _host.Users.CountAsync(actor, None)).Value.Values.Sum());
        Assert.True((await _host.Users.GetAsync(actor, _inside, None)).Succeeded);
        Assert.Equal(UserService.NotFound, (await _host.Users.GetAsync(actor, _outside, None)).Error);
        Assert.Equal(UserService.NotFound, (await _host.Users.GetAsync(actor, actor.Id!.Value, None)).Error);
    }

    [Fact]
    public async Task LimitedOperator_TouchesMembersOnly()
    {
        Actor actor = await AddAsync("limited", PortalRole.Operator, _sales.Id);
        Assert.True((await _host.Users.SuspendAsync(actor, _inside, None)).Succeeded);
        Assert.True((await _host.Users.ResumeAsync(actor, _inside, None)).Succeeded);
        Assert.True((await _host.Get<UserPasswordLinks>().IssueAsync(actor, _inside, None)).Succeeded);
        Assert.True((await Sessions.EndAsync(actor, _inside, null, None)).Succeeded);
        Assert.Equal(UserService.NotFound, (await _host.Users.SuspendAsync(actor, _outside, None)).Error);
        Assert.Equal(UserService.NotFound, (await _host.Users.ResumeAsync(actor, _outside, None)).Error);
        Assert.Equal(UserService.NotFound, (await _host.Get<UserPasswordLinks>().IssueAsync(actor, _outside, None)).Error);
        Assert.Equal(UserService.NotFound, (await Sessions.ListAsync(actor, _outside, None)).Error);
        Assert.Equal(UserService.NotFound, (await Sessions.EndAsync(actor, _outside, null, None)).Error);
    }

    [Fact]
    public async Task LimitedAuditor_ReadsEntriesAndVerificationsOfMembersOnly()
    {
        Actor actor = await AddAsync("limited", PortalRole.Auditor, _sales.Id);
        Assert.Equal(["inside"], (await _host.Get<AuditTrail>().ListAsync(actor, new AuditQuery(), None)).Value.Items.Select(entry => entry.TargetName).Distinct());
        var lines = new List<string>();
        await foreach (string line in (await _host.Get<AuditExport>().ReadAsync(actor, new AuditQuery(), AuditFileFormat.JsonLines, None)).Value)
            lines.Add(line);
        Assert.All(lines, line => Assert.Contains("\"target\":\"inside\"", line, StringComparison.Ordinal));
        await _host.AddRowAsync(Event(_inside, "inside"), Event(_outside, "outside"), Event(null, "?"));
        Assert.Equal(["inside"], (await _host.Get<VerificationEventQueries>().ListAsync(actor, new VerificationEventQuery(), None)).Value.Items.Select(one => one.Login));
    }

    [Fact]
    public async Task Limited_SeesRejectionsAndEndsOfMembersOnly()
    {
        Actor actor = await AddAsync("limited", PortalRole.Operator, _sales.Id);
        foreach (Guid? user in (Guid?[])[_inside, _outside, null])
            _host.Get<VerificationActivity>().Remember([], [new RecentRejection(_time.GetUtcNow(), "p", user is null ? "?" : user == _inside ? "inside" : "outside", null, RejectionReason.WrongSecret) { UserId = user }]);
        Assert.Equal(["inside"], (await _host.Get<OverviewService>().WatchAsync(actor, None)).Value.Rejections.Select(rejection => rejection.Login));
        Assert.Equal(3, (await _host.Get<OverviewService>().WatchAsync(_host.Admin, None)).Value.Rejections.Count);

        DateTimeOffset end = _time.GetUtcNow().AddDays(3);
        foreach (Guid user in (Guid[])[_inside, _outside])
            await _host.ChangeUserAsync(user, row => row.ValidUntil = end);
        var day = DateOnly.FromDateTime(end.UtcDateTime);
        Assert.Equal(["inside"], (await _host.Get<ExpiryCalendarService>().DayAsync(actor, day, null, 0, 25, None)).Value.Items.Select(ending => ending.Login));
        Assert.Equal(1, (await _host.Get<ExpiryCalendarService>().MonthAsync(actor, day, None)).Value.Sum(each => each.Total));
        Assert.Equal(2, (await _host.Get<ExpiryCalendarService>().MonthAsync(_host.Admin, day, None)).Value.Sum(each => each.Total));
    }

    [Fact]
    public async Task Limit_HoldsFromTheNextCallOn_AndAGroupThatIsGoneHasNoMembers()
    {
        Actor actor = await AddAsync("limited", PortalRole.Operator);
        Assert.True((await _host.Users.GetAsync(actor, _outside, None)).Succeeded);
        await _host.ChangeUserAsync(actor.Id!.Value, user => user.RoleGroups = [Guid.CreateVersion7()]);
        Assert.Empty((await _host.Users.ListAsync(actor, new UserQuery(), None)).Value.Items);
    }

    [Fact]
    public async Task Administrator_IsNeverLimited_AndTheLimitGoesWithTheRole()
    {
        CreatedUser olga = await _host.AddUserAsync("olga", input => input with { Role = PortalRole.Operator, RoleGroups = [_sales.Id, _sales.Id] });
        UserDetail detail = (await _host.Users.GetAsync(_host.Admin, olga.Id, None)).Value;
        Assert.Equal([_sales.Id], detail.RoleGroups);
        var input = new UserInput { DisplayName = "Olga", Role = PortalRole.Administrator, RoleGroups = [_sales.Id] };
        Assert.True((await _host.Users.ChangeAsync(_host.Admin, olga.Id, input, detail.Version, None)).Succeeded);
        Assert.Empty((await _host.Users.GetAsync(_host.Admin, olga.Id, None)).Value.RoleGroups);
    }

    [Fact]
    public async Task UnknownGroup_IsRefusedAtTheField() =>
        Assert.Equal("roleGroups", (await _host.Users.CreateAsync(_host.Admin, new UserInput { UserId = "olga", Role = PortalRole.Operator, RoleGroups = [Guid.CreateVersion7()] }, None)).Error?.Field);

    [Fact]
    public async Task Sessions_AreListedAndEndedWithAnEntry()
    {
        string stamp = (await SingleAsync(_inside)).SecurityStamp!;
        DateTimeOffset now = _time.GetUtcNow();
        SignInSession Session(byte key) => new()
        {
            UserId = _inside,
            KeyDigest = [.. Enumerable.Repeat(key, 32)],
            Stage = SignInStage.Full,
            SecondFactor = true,
            SecurityStamp = stamp,
            CreatedAt = now,
            ProvedAt = now,
            LastSeenAt = now,
            ExpiresAt = now.AddHours(1),
            Address = "192.0.2.7",
        };
        await _host.AddRowAsync(Session(1), Session(2), Session(3));
        IReadOnlyList<UserSession> sessions = (await Sessions.ListAsync(_host.Admin, _inside, None)).Value;
        Assert.Equal(3, sessions.Count);
        Assert.True((await Sessions.EndAsync(_host.Admin, _inside, sessions[0].Id, None)).Succeeded);
        Assert.Equal(2, (await Sessions.ListAsync(_host.Admin, _inside, None)).Value.Count);
        Assert.True((await Sessions.EndAsync(_host.Admin, _inside, null, None)).Succeeded);
        Assert.Empty((await Sessions.ListAsync(_host.Admin, _inside, None)).Value);
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.SessionEnded && entry.TargetId == _inside, None));
    }

    [Fact]
    public async Task Sessions_OfAnAccountWithARole_AreNotTheHelpDesksMatter()
    {
        Actor actor = await AddAsync("olga", PortalRole.Operator);
        Assert.Equal(AccessControl.Forbidden, (await Sessions.ListAsync(actor, _host.Admin.Id!.Value, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Sessions.EndAsync(actor, _host.Admin.Id!.Value, null, None)).Error);
    }

    private async Task<Actor> AddAsync(string userId, PortalRole role, params Guid[] groups) =>
        new((await _host.AddUserAsync(userId, input => input with { Role = role, RoleGroups = groups })).Id, userId, role, null);

    private async Task<User> SingleAsync(Guid id)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.Users.SingleAsync(user => user.Id == id, None);
    }

    private VerificationEvent Event(Guid? user, string login)
    {
        byte[] id = Guid.CreateVersion7().ToByteArray();
        return new VerificationEvent { Id = id, LastId = id, FirstAt = _time.GetUtcNow(), LastAt = _time.GetUtcNow(), UserId = user, Login = login, ProxyName = "p", Scheme = AuthSchemes.Basic, Reason = RejectionReason.None, Count = 1 };
    }
}
