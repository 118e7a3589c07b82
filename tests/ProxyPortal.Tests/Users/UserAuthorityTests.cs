using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Users;

/// <summary>Who may change users, asked of the service itself, and that somebody always may.</summary>
public sealed class UserAuthorityTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Self_UserCallsTheServicesDirectly_ChangesNothingAndIsNoted()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        CreatedUser alice = await host.AddUserAsync("alice");
        // What a circuit of hers could claim at most: her own account, with a role that the page made up.
        foreach (PortalRole claimed in Enum.GetValues<PortalRole>())
        {
            var actor = new Actor(alice.Id, "alice", claimed, IPAddress.Loopback);
            var input = new UserInput { UserId = "alice", DisplayName = "Alice", Role = PortalRole.Administrator, ValidUntil = _time.GetUtcNow().AddYears(9) };
            Assert.Equal(AccessControl.Forbidden, (await host.Users.ChangeAsync(actor, alice.Id, input, 1, CancellationToken.None)).Error);
            Assert.Equal(AccessControl.Forbidden, (await host.Users.ResumeAsync(actor, alice.Id, CancellationToken.None)).Error);
            Assert.Equal(AccessControl.Forbidden, (await host.Get<UserPasswordLinks>().IssueAsync(actor, host.Admin.Id!.Value, CancellationToken.None)).Error);
        }
        UserDetail after = (await host.Users.GetAsync(host.Admin, alice.Id, CancellationToken.None)).Value;
        Assert.Equal((PortalRole.None, null), (after.Role, after.ValidUntil));
        await using PortalDbContext db = await host.OpenAsync();
        Assert.Equal(12, await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.Refused && entry.ActorId == alice.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Administrator_WhoseOwnTimeIsOver_WritesNothing()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        CreatedUser second = await AddAdministratorAsync(host, "second", input => input with { ValidUntil = _time.GetUtcNow().AddHours(1) });
        var actor = new Actor(second.Id, "second", PortalRole.Administrator, null);
        Assert.True((await CreateAsync(host, "before", actor)).Succeeded);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(AccessControl.Forbidden, (await CreateAsync(host, "after", actor)).Error);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("deleted")]
    [InlineData("expired")]
    [InlineData("not yet valid")]
    [InlineData("cannot sign in")]
    public async Task LastAdministrator_OthersWhoCannotSignIn_DoNotCount(string other)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        DateTimeOffset now = _time.GetUtcNow();
        CreatedUser second = await AddAdministratorAsync(host, "second", input => other switch
        {
            "expired" => input with { ValidUntil = now.AddMinutes(1) },
            "not yet valid" => input with { ValidFrom = now.AddDays(1) },
            _ => input,
        }, password: other != "cannot sign in");
        _time.Advance(TimeSpan.FromMinutes(2));
        if (other == "suspended")
            await host.Users.SuspendAsync(host.Admin, second.Id, CancellationToken.None);
        if (other == "deleted")
            await host.Users.DeleteAsync(host.Admin, second.Id, CancellationToken.None);
        await AssertIsLastAsync(host);
    }

    [Fact]
    public async Task LastAdministrator_AnotherWhoCanSignIn_LetsGo()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        await AddAdministratorAsync(host, "second");
        Assert.True((await host.Users.DeleteAsync(host.Admin, host.Admin.Id!.Value, CancellationToken.None)).Succeeded);
    }

    private async Task AssertIsLastAsync(ServiceHost host)
    {
        Guid id = host.Admin.Id!.Value;
        UserDetail admin = (await host.Users.GetAsync(host.Admin, id, CancellationToken.None)).Value;
        UserInput input = UserDraft.Of(admin).ToInput();
        Assert.Equal(UserService.LastAdministrator, (await host.Users.DeleteAsync(host.Admin, id, CancellationToken.None)).Error);
        Assert.Equal(UserService.LastAdministrator, (await host.Users.SuspendAsync(host.Admin, id, CancellationToken.None)).Error);
        Assert.Equal(UserService.LastAdministrator, (await host.Users.ChangeAsync(host.Admin, id, input with { Role = PortalRole.None }, admin.Version, CancellationToken.None)).Error);
        Assert.Equal(UserService.LastAdministrator, (await host.Users.ChangeAsync(host.Admin, id, input with { Role = PortalRole.Operator }, admin.Version, CancellationToken.None)).Error);
        // An end in time is an end too, today or later; so is a start that is still to come.
        Assert.Equal("last_administrator", (await host.Users.ChangeAsync(host.Admin, id, input with { ValidUntil = _time.GetUtcNow().AddMinutes(-1) }, admin.Version, CancellationToken.None)).Error?.Code);
        Assert.Equal("last_administrator", (await host.Users.ChangeAsync(host.Admin, id, input with { ValidFrom = _time.GetUtcNow().AddDays(1) }, admin.Version, CancellationToken.None)).Error?.Code);
    }

    private static async Task<CreatedUser> AddAdministratorAsync(ServiceHost host, string name, Func<UserInput, UserInput>? adjust = null, bool password = true)
    {
        CreatedUser user = await host.AddUserAsync(name, input => (adjust?.Invoke(input) ?? input) with { Role = PortalRole.Administrator });
        if (password)
            await host.SetPasswordAsync(user.Id);
        return user;
    }

    private static Task<Result<CreatedUser>> CreateAsync(ServiceHost host, string userId, Actor actor) =>
        host.Users.CreateAsync(actor, new UserInput { UserId = userId, DisplayName = "Somebody" }, CancellationToken.None);
}
