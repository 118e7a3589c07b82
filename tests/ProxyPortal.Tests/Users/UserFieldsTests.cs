using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Tests.Verification.Events;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Users;

public sealed class UserFieldsTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        // From now on somebody follows the uses.
        _host.Get<ActivityWriter>();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Tags_AreFoldedOnceEachAndFoundBy()
    {
        CreatedUser alice = await _host.AddUserAsync("alice", input => input with { Tags = [" Büro ", "büro", "Contractor"] });
        await _host.AddUserAsync("bob", input => input with { Tags = ["contractors"] });

        UserDetail user = (await _host.Users.GetAsync(_host.Admin, alice.Id, None)).Value;
        Assert.Equal(["büro", "contractor"], user.Tags);
        Assert.Equal(["alice"], (await _host.Users.ListAsync(_host.Admin, new UserQuery { Tag = "CONTRACTOR" }, None)).Value.Items.Select(found => found.UserId));
    }

    [Theory]
    [InlineData(21, 3)]
    [InlineData(1, 33)]
    [InlineData(1, 0)]
    public async Task Tags_TooManyOrTooLong_AreRefusedAtTheirField(int count, int length)
    {
        string[] tags = [.. Enumerable.Range(0, count).Select(number => length == 0 ? " " : $"{number}".PadLeft(length, 'x'))];
        Error error = (await _host.Users.CreateAsync(_host.Admin, new UserInput { UserId = "alice", Tags = tags }, None)).Error!;
        Assert.Equal("tags", error.Field);
    }

    [Fact]
    public async Task Owner_IsAPersonWhoExists_AndOnlyOfAService()
    {
        CreatedUser alice = await _host.AddUserAsync("alice");
        CreatedUser robot = await _host.AddUserAsync("robot", input => input with { Kind = UserKind.Service, Owner = "ALICE" });

        Assert.Equal(new UserOwner(alice.Id, "alice"), (await _host.Users.GetAsync(_host.Admin, robot.Id, None)).Value.Owner);
        Assert.Equal("owner", (await CreateAsync(new UserInput { UserId = "a", Kind = UserKind.Service, Owner = "robot" })).Field);
        Assert.Equal("owner", (await CreateAsync(new UserInput { UserId = "b", Kind = UserKind.Service, Owner = "nobody" })).Field);
        Assert.Equal("owner", (await CreateAsync(new UserInput { UserId = "c", Kind = UserKind.Person, Owner = "alice" })).Field);
    }

    [Fact]
    public async Task Groups_AreSetByName_RaiseTheVersion_AndStayWhenLeftOut()
    {
        await _host.AddRowAsync(new Group { Name = "staff" }, new Group { Name = "guests" });
        CreatedUser alice = await _host.AddUserAsync("alice", input => input with { Groups = ["staff"] });
        UserDetail before = (await _host.Users.GetAsync(_host.Admin, alice.Id, None)).Value;
        Assert.Equal(["staff"], before.Groups);

        Assert.True((await _host.Users.ChangeAsync(_host.Admin, alice.Id, new UserInput { DisplayName = "Alice" }, before.Version, None)).Succeeded);
        UserDetail named = (await _host.Users.GetAsync(_host.Admin, alice.Id, None)).Value;
        Assert.Equal(["staff"], named.Groups);
        Assert.True((await _host.Users.ChangeAsync(_host.Admin, alice.Id, new UserInput { DisplayName = "Alice", Groups = ["guests"] }, named.Version, None)).Succeeded);

        UserDetail after = (await _host.Users.GetAsync(_host.Admin, alice.Id, None)).Value;
        Assert.Equal(["guests"], after.Groups);
        Assert.True(after.Version > named.Version);
        Assert.Equal("groups", (await CreateAsync(new UserInput { UserId = "bob", Groups = ["nobody's"] })).Field);
        Assert.Equal(["alice"], (await _host.Users.ListAsync(_host.Admin, new UserQuery { Group = "guests" }, None)).Value.Items.Select(found => found.UserId));
    }

    [Fact]
    public async Task FirstUse_SetsTheEndFromThatMomentOn_OnceAndAudited()
    {
        CreatedUser alice = await _host.AddUserAsync("alice", input => input with { DaysFromFirstUse = 30 });
        DateTimeOffset first = _time.GetUtcNow();
        Use(alice.Id);
        _time.Advance(TimeSpan.FromSeconds(40));
        Use(alice.Id);
        await _host.Get<ActivityWriter>().WriteAsync(TimeSpan.Zero, None);

        UserDetail user = (await _host.Users.GetAsync(_host.Admin, alice.Id, None)).Value;
        Assert.Equal((first.AddDays(30), null), (user.ValidUntil, user.DaysFromFirstUse));
        await using PortalDbContext db = await _host.OpenAsync();
        AuditEntry entry = await db.AuditEntries.SingleAsync(row => row.TargetId == alice.Id && row.Action == AuditAction.UserChanged, None);
        Assert.Equal(("portal", null), (entry.ActorName, entry.ActorId));

        _time.Advance(TimeSpan.FromDays(2));
        Use(alice.Id);
        await _host.Get<ActivityWriter>().WriteAsync(TimeSpan.Zero, None);
        Assert.Equal(first.AddDays(30), (await _host.Users.GetAsync(_host.Admin, alice.Id, None)).Value.ValidUntil);
    }

    [Fact]
    public async Task FirstUse_AnEarlierEndThatWasGiven_StillHolds()
    {
        DateTimeOffset end = _time.GetUtcNow().AddDays(3);
        CreatedUser alice = await _host.AddUserAsync("alice", input => input with { DaysFromFirstUse = 30, ValidUntil = end });
        Use(alice.Id);
        await _host.Get<ActivityWriter>().WriteAsync(TimeSpan.Zero, None);
        Assert.Equal(end, (await _host.Users.GetAsync(_host.Admin, alice.Id, None)).Value.ValidUntil);
    }

    // The one word on the page, in the list, in the counts and in what verification does must be the same.
    [Fact]
    public async Task Idle_IsWhatThePoliciesOfTheGroupsSay_TheStrictestFirst_AndTheDefaultForTheRest()
    {
        var lax = new ExpiryPolicy { Name = "lax", IdleDays = 100 };
        var strict = new ExpiryPolicy { Name = "strict", IdleDays = 10 };
        var silent = new ExpiryPolicy { Name = "silent" };
        await _host.AddRowAsync(lax, strict, silent, new ExpiryPolicy { Name = "default", IdleDays = 50, IsDefault = true });
        await _host.AddRowAsync(
            new Group { Name = "lax", ExpiryPolicyId = lax.Id }, new Group { Name = "strict", ExpiryPolicyId = strict.Id }, new Group { Name = "silent", ExpiryPolicyId = silent.Id }, new Group { Name = "none" });
        foreach ((string id, string[] groups) in ((string, string[])[])[("a-lax", ["lax"]), ("b-both", ["lax", "strict"]), ("c-silent", ["silent"]), ("d-none", ["none"]), ("e-alone", [])])
            await _host.SetPasswordAsync((await _host.AddUserAsync(id, input => input with { Groups = groups })).Id);

        Assert.Equal("", await IdleOnesAsync());
        _time.Advance(TimeSpan.FromDays(10));
        Assert.Equal("b-both", await IdleOnesAsync());
        _time.Advance(TimeSpan.FromDays(40));
        Assert.Equal("b-both d-none e-alone", await IdleOnesAsync());
        _time.Advance(TimeSpan.FromDays(50));
        Assert.Equal("a-lax b-both d-none e-alone", await IdleOnesAsync());
    }

    [Fact]
    public async Task LastAdministrator_CannotBeMadeToEndFromFirstUse()
    {
        UserDetail admin = (await _host.Users.GetAsync(_host.Admin, _host.Admin.Id!.Value, None)).Value;
        Result result = await _host.Users.ChangeAsync(_host.Admin, admin.Id, new UserInput { Role = PortalRole.Administrator, DaysFromFirstUse = 1 }, admin.Version, None);
        Assert.Equal(("last_administrator", "daysFromFirstUse"), (result.Error?.Code, result.Error?.Field));
    }

    private async Task<string> IdleOnesAsync()
    {
        PageOf<UserSummary> all = (await _host.Users.ListAsync(_host.Admin, new UserQuery(PageSize: 100), None)).Value;
        PageOf<UserSummary> idle = (await _host.Users.ListAsync(_host.Admin, new UserQuery(Status: UserStatus.Idle), None)).Value;
        IReadOnlyDictionary<UserStatus, int> counts = (await _host.Users.CountAsync(_host.Admin, None)).Value;
        Assert.Equal(idle.Total, counts[UserStatus.Idle]);
        Assert.Equal(all.Total, counts.Values.Sum());
        Assert.Equal(idle.Items.Select(user => user.UserId), all.Items.Where(user => user.Status is UserStatus.Idle).Select(user => user.UserId));
        foreach (UserSummary user in all.Items)
            Assert.Equal(user.Status, (await _host.Users.GetAsync(_host.Admin, user.Id, None)).Value.Status);
        return string.Join(' ', idle.Items.Select(user => user.UserId));
    }

    private void Use(Guid user)
    {
        VerificationEvents events = _host.Get<VerificationEvents>();
        events.Record(_time.GetUtcNow(), Recording.User("alice", user));
        events.Collect();
    }

    private async Task<Error> CreateAsync(UserInput input) => (await _host.Users.CreateAsync(_host.Admin, input, None)).Error!;
}
