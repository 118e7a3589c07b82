using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Groups;
using ProxyPortal.Users;
using ProxyPortal.Users.Bulk;
using ProxyPortal.Users.Jobs;
using Xunit;

namespace ProxyPortal.Tests.Users.Bulk;

public sealed class UserBulkTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly UserQuery Everyone = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;

    private UserBulkService Bulk => _host.Get<UserBulkService>();

    private DateTimeOffset Now => _time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        await _host.AddRowAsync(new Group { Name = "staff" }, new Group { Name = "guests" });
        await _host.AddUserAsync("alice", input => input with { ValidUntil = Now.AddDays(10), Tags = ["blue"], Groups = ["guests"] });
        await _host.AddUserAsync("bob", input => input with { Groups = ["staff"] });
        await _host.SetPasswordAsync((await _host.AddUserAsync("carol")).Id);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<UserBulkRequest, int, string> Actions => new()
    {
        { new(UserBulkAction.SetExpiry) { ValidUntil = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero) }, 3, "Is your own account." },
        { new(UserBulkAction.SetExpiry), 1, "Ends then already." },
        { new(UserBulkAction.ShiftExpiry) { Days = -3 }, 1, "Has no end to shift." },
        { new(UserBulkAction.AddToGroup) { Group = "staff" }, 3, "Is in the group already." },
        { new(UserBulkAction.RemoveFromGroup) { Group = "staff" }, 1, "Is not in the group." },
        { new(UserBulkAction.MoveToGroup) { Group = "staff" }, 3, "Is in this group only already." },
        { new(UserBulkAction.Suspend), 3, "Is your own account." },
        { new(UserBulkAction.Resume), 0, "Is not suspended." },
        { new(UserBulkAction.RequireNewSecret), 2, "Has no secret that is in use." },
        { new(UserBulkAction.AddTag) { Tag = " BLUE " }, 3, "Has the tag already." },
        { new(UserBulkAction.RemoveTag) { Tag = "blue" }, 1, "Does not have the tag." },
        { new(UserBulkAction.Delete), 3, "Is your own account." },
        { new(UserBulkAction.Restore), 0, "Is not in the bin." },
    };

    // What the preview counts is what then happens, and undoing brings back what was.
    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Action_OnEveryone_DoesWhatThePreviewSays_AndIsUndone(UserBulkRequest request, int changes, string skip)
    {
        UserBulkRequest asked = request with { Filter = Everyone };
        string before = await StateAsync();
        UserBulkPreview preview = (await Bulk.PreviewAsync(_host.Admin, asked, None)).Value;
        Assert.Equal(before, await StateAsync());
        UserJob job = await RunAsync(asked with { Expected = preview.Total });

        Assert.Equal((4, changes), (preview.Total, preview.Changes));
        Assert.Contains(preview.Skips, left => left.Reason == skip);
        Assert.Equal(changes, job.Count(UserOutcome.Changed));
        Assert.Equal((4, 4, UserJobState.Done), (job.Total, job.Done, job.State));
        Assert.Equal(preview.Skips.Sum(left => left.Count), job.Rows().Count(row => row.Message is not null));
        Assert.Equal(changes == 0, before == await StateAsync());
        Assert.Equal(changes, await AuditAsync(UserBulkWords.Of(request.Action).Audit, Now));
        Assert.Equal(1, await AuditAsync(AuditAction.UsersChangedInBulk, Now));

        Assert.Equal(changes > 0, job.CanUndo);
        if (changes == 0)
            return;
        UserJob undone = (await Bulk.UndoAsync(_host.Admin, job.Id, None)).Value;
        await undone.Completion;
        Assert.Equal((changes, null), (undone.Count(UserOutcome.Changed), undone.Problem));
        Assert.Equal(before, await StateAsync());
        Assert.Equal("undo_over", (await Bulk.UndoAsync(_host.Admin, job.Id, None)).Error?.Code);
    }

    [Fact]
    public async Task Undo_LeavesAloneWhoWasChangedSince()
    {
        UserJob job = await RunAsync(new(UserBulkAction.Suspend) { Filter = new UserQuery("alice") });
        UserDetail alice = (await _host.Users.GetAsync(_host.Admin, "alice", None)).Value;
        await _host.Users.ChangeAsync(_host.Admin, alice.Id, new UserInput { DisplayName = "Other" }, alice.Version, None);
        UserJob undone = (await Bulk.UndoAsync(_host.Admin, job.Id, None)).Value;
        await undone.Completion;
        Assert.Equal("Was changed since, and stays as it is.", Assert.Single(undone.Rows()).Message);
        Assert.NotNull((await _host.Users.GetAsync(_host.Admin, "alice", None)).Value.SuspendedAt);
    }

    [Fact]
    public async Task NewSecret_WithdrawsDeviceSecretsAndKeepsThePasswordForThePortal()
    {
        Guid bob = (await _host.Users.GetAsync(_host.Admin, "bob", None)).Value.Id;
        await _host.AddRowAsync(new Device { UserId = bob, Name = "laptop", SecretDigest = new byte[32] });
        UserJob job = await RunAsync(new(UserBulkAction.RequireNewSecret) { Filter = Everyone });
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            Assert.Equal(Now, (await db.Devices.SingleAsync(None)).SecretRevokedAt);
            Assert.True((await db.Users.SingleAsync(user => user.UserName == "carol", None)).MustChangePassword);
        }
        await (await Bulk.UndoAsync(_host.Admin, job.Id, None)).Value.Completion;
        await using (PortalDbContext db = await _host.OpenAsync())
            Assert.Null((await db.Devices.SingleAsync(None)).SecretRevokedAt);
    }

    // Of all administrators one who can sign in remains, and it is the one whom the preview named.
    [Fact]
    public async Task Delete_OfEveryAdministrator_LeavesTheLast()
    {
        foreach (string name in (string[])["adm1", "adm2"])
        {
            await _host.AddUserAsync(name, input => input with { Role = PortalRole.Administrator });
            await _host.ChangeUserAsync((await _host.Users.GetAsync(_host.Admin, name, None)).Value.Id, user => user.PasswordHash = "x");
        }
        var request = new UserBulkRequest(UserBulkAction.Delete) { Filter = new UserQuery("adm") };
        UserBulkPreview preview = (await Bulk.PreviewAsync(Actor.Portal, request, None)).Value;
        UserJob job = await RunAsync(request, Actor.Portal);
        Assert.Equal((3, 2), (preview.Total, preview.Changes));
        Assert.Equal(2, job.Count(UserOutcome.Changed));
        Assert.Contains(job.Rows(), row => row.Message == "Is the last administrator who can sign in.");
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal(1, await db.Users.CountAsync(user => user.Role == PortalRole.Administrator && user.DeletedAt == null, None));
    }

    [Fact]
    public async Task Operator_MaySuspendButNotDelete_AndNoAccountWithARole()
    {
        Actor helper = await _host.AddPersonAsync("helper", PortalRole.Operator);
        UserJob job = await RunAsync(new(UserBulkAction.Suspend) { Filter = Everyone }, helper);
        Assert.Equal((3, 2), (job.Count(UserOutcome.Changed), job.Count(UserOutcome.Skipped)));
        Assert.Equal(AccessControl.Forbidden, (await Bulk.StartAsync(helper, new(UserBulkAction.Delete) { Filter = Everyone }, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Bulk.PreviewAsync(Actor.Nobody, new(UserBulkAction.Suspend) { Filter = Everyone }, None)).Error);
        // Another person's job is as unknown as one that never was.
        Assert.Equal("not_found", (await Bulk.UndoAsync(_host.Admin, job.Id, None)).Error?.Code);
        Assert.Null(_host.Get<UserJobs>().Find(_host.Admin, job.Id));
    }

    [Fact]
    public async Task Start_WhenOthersMatchThanThePreviewCounted_DoesNothing()
    {
        Result<UserJob> result = await Bulk.StartAsync(_host.Admin, new(UserBulkAction.Suspend) { Filter = Everyone, Expected = 3 }, None);
        Assert.Equal("conflict", result.Error?.Code);
        Assert.Empty(_host.Get<UserJobs>().Of(_host.Admin));
    }

    public static TheoryData<UserBulkRequest, string> Faulty => new()
    {
        { new(UserBulkAction.Suspend), "filter_missing" },
        { new(UserBulkAction.Suspend) { Ids = [] }, "ids_invalid" },
        { new(UserBulkAction.Suspend) { Ids = [Guid.Empty], Filter = Everyone }, "ids_invalid" },
        { new(UserBulkAction.Suspend) { Filter = new UserQuery(new string('a', 201)) }, "search_too_long" },
        { new(UserBulkAction.ShiftExpiry) { Filter = Everyone }, "days_invalid" },
        { new(UserBulkAction.ShiftExpiry) { Filter = Everyone, Days = int.MaxValue }, "days_invalid" },
        { new(UserBulkAction.SetExpiry) { Filter = Everyone, ValidUntil = DateTimeOffset.MaxValue }, "validUntil_invalid" },
        { new(UserBulkAction.AddToGroup) { Filter = Everyone, Group = "nobody's" }, "group_unknown" },
        { new(UserBulkAction.AddTag) { Filter = Everyone }, "tags_invalid" },
        { new(UserBulkAction.AddTag) { Filter = Everyone, Tag = "a,b" }, "tags_invalid" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task Request_ThatMakesNoSense_IsRefusedByPreviewAndStartAlike(UserBulkRequest request, string code)
    {
        Assert.Equal(code, (await Bulk.PreviewAsync(_host.Admin, request, None)).Error?.Code);
        Assert.Equal(code, (await Bulk.StartAsync(_host.Admin, request, None)).Error?.Code);
    }

    [Fact]
    public async Task Ids_OfSomeoneWhoIsGone_AreNamedAsFailed()
    {
        UserJob job = await RunAsync(new(UserBulkAction.Suspend) { Ids = [Guid.CreateVersion7()] });
        Assert.Equal(UserOutcome.Failed, Assert.Single(job.Rows()).Outcome);
    }

    private async Task<UserJob> RunAsync(UserBulkRequest request, Actor? actor = null)
    {
        UserJob job = (await Bulk.StartAsync(actor ?? _host.Admin, request, None)).Value;
        await job.Completion;
        Assert.Null(job.Problem);
        return job;
    }

    private async Task<string> StateAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        List<User> users = await db.Users.Include(user => user.Groups).OrderBy(user => user.UserName).ToListAsync(None);
        return string.Join('\n', users.Select(user => $"{user.UserName} {user.ValidUntil:O} {user.SuspendedAt:O} {user.DeletedAt:O} {user.MustChangePassword} "
            + $"{string.Join(',', user.Tags)} {string.Join(',', user.Groups.Select(group => group.Name).Order(StringComparer.Ordinal))}"));
    }

    private async Task<int> AuditAsync(string action, DateTimeOffset at)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.AuditEntries.CountAsync(entry => entry.Action == action && entry.At == at, None);
    }
}
