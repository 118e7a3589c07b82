using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Components.Search;
using ProxyPortal.Core.Verification;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Users;

public sealed class UserServiceListTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Count_EveryStatus_AgreesWithTheListOfThatStatus()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        await SeedAsync(host);
        IReadOnlyDictionary<UserStatus, int> counts = (await host.Users.CountAsync(host.Admin, CancellationToken.None)).Value;
        foreach (UserStatus status in Enum.GetValues<UserStatus>())
        {
            var listed = (await host.Users.ListAsync(host.Admin, new UserQuery(Status: status), CancellationToken.None)).Value;
            Assert.Equal(listed.Total, counts[status]);
            Assert.True(listed.Total > 0);
            Assert.All(listed.Items, user => Assert.Equal(status, user.Status));
        }
    }

    [Fact]
    public async Task Status_OfAPortalAccountWithNothingButItsPassword_IsPortalOnly()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        await SeedAsync(host);
        var listed = (await host.Users.ListAsync(host.Admin, new UserQuery(), CancellationToken.None)).Value.Items.ToDictionary(user => user.UserId, user => user.Status);
        Assert.Equal(
            (UserStatus.PortalOnly, UserStatus.PortalOnly, UserStatus.ExpiresSoon, UserStatus.Expired),
            (listed["admin"], listed["operator"], listed["operator-device"], listed["operator-expired"]));
        Assert.StartsWith("Portal account: its password is for the portal only", UserStatusWords.Of(UserStatus.PortalOnly).Meaning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validUntil", false, "soon late admin")]
    [InlineData("validUntil", true, "late soon admin")]
    [InlineData("email", false, "late soon admin")]
    [InlineData("email", true, "soon late admin")]
    public async Task Sort_UsersWithoutTheValue_ComeLastEitherWay(string sort, bool descending, string expected)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        await host.AddUserAsync("late", input => input with { ValidUntil = _time.GetUtcNow().AddDays(9), Email = "A@example.test" });
        await host.AddUserAsync("soon", input => input with { ValidUntil = _time.GetUtcNow().AddDays(1), Email = "b@example.test" });
        var listed = (await host.Users.ListAsync(host.Admin, new UserQuery(Sort: sort, Descending: descending), CancellationToken.None)).Value;
        Assert.Equal(expected, string.Join(' ', listed.Items.Select(user => user.UserId)));
    }

    [Theory]
    [InlineData(int.MaxValue, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MaxValue / 50, 50)]
    public async Task Page_HoweverFarAway_IsEmptyAndStillCounts(int page, int pageSize)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        CreatedUser alice = await host.AddUserAsync("alice");

        var users = (await host.Users.ListAsync(host.Admin, new UserQuery(Page: page, PageSize: pageSize), CancellationToken.None)).Value;
        var entries = (await host.Get<AuditTrail>().ListAsync(host.Admin, new AuditQuery(TargetId: alice.Id, Page: page, PageSize: pageSize), CancellationToken.None)).Value;

        Assert.Equal((0, 2), (users.Items.Count, users.Total));
        Assert.Equal((0, 1), (entries.Items.Count, entries.Total));
    }

    [Fact]
    public async Task Palette_FindsUsers_OnlyForThoseWhoMaySeeThem()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        await host.AddUserAsync("alice", input => input with { DisplayName = "Alice Abel" });
        var source = new UserPaletteSource(host.Users, new CurrentActor(new NobodySignedIn()));

        PaletteEntry found = Assert.Single(await source.SearchAsync("abel", As(host, PortalRole.Auditor), CancellationToken.None));
        Assert.Equal("alice", found.Label);
        Assert.Empty(await source.SearchAsync("abel", As(host, PortalRole.None), CancellationToken.None));
        Assert.Empty(await source.SearchAsync(" ", As(host, PortalRole.Auditor), CancellationToken.None));
        Assert.Empty(await source.SearchAsync(new string('a', 400), As(host, PortalRole.Auditor), CancellationToken.None));
    }

    [Theory]
    [InlineData("expiresSoon", UserStatus.ExpiresSoon)]
    [InlineData("EXPIRESSOON", UserStatus.ExpiresSoon)]
    [InlineData("1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Parse_StatusOfAnAddress(string? code, UserStatus? expected) => Assert.Equal(expected, UserStatuses.Parse(code));

    private async Task SeedAsync(ServiceHost host)
    {
        DateTimeOffset now = _time.GetUtcNow();
        var policy = new ExpiryPolicy { Name = "contractors", IdleDays = 30 };
        await host.AddRowAsync(policy, new Group { Name = "contractors", ExpiryPolicyId = policy.Id });
        foreach ((string id, DateTimeOffset? from, DateTimeOffset? until, bool password) in ((string, DateTimeOffset?, DateTimeOffset?, bool)[])
        [
            ("active", null, null, true), ("soon", null, now.AddDays(3), true), ("expired", null, now.AddDays(-1), true), ("early", now.AddDays(1), null, true),
            ("bare", null, null, false), ("gone", null, null, true), ("held", null, null, true), ("device", null, null, false), ("bare-expired", null, now, false),
            ("operator", null, null, true), ("operator-device", null, now.AddDays(3), true), ("operator-expired", null, now, true),
            ("bare-revoked", null, null, false), ("bare-requested", null, null, false), ("bare-lapsed", null, null, false), ("bare-withdrawn", null, null, false), ("operator-revoked", null, null, true),
            ("idle", null, null, true), ("idle-soon", null, now.AddDays(3), true), ("idle-expired", null, now, true),
        ])
        {
            CreatedUser user = await host.AddUserAsync(id, input => input with { ValidFrom = from, ValidUntil = until });
            if (password)
                await host.SetPasswordAsync(user.Id);
            if (id.StartsWith("idle", StringComparison.Ordinal))
            {
                await host.ChangeUserAsync(user.Id, row => row.CreatedAt = now.AddDays(-30));
                UserDetail created = (await host.Users.GetAsync(host.Admin, user.Id, CancellationToken.None)).Value;
                await host.Users.ChangeAsync(host.Admin, user.Id, new UserInput { ValidUntil = until, Groups = ["contractors"] }, created.Version, CancellationToken.None);
            }
            if (id == "gone")
                await host.Users.DeleteAsync(host.Admin, user.Id, CancellationToken.None);
            if (id == "held")
                await host.Users.SuspendAsync(host.Admin, user.Id, CancellationToken.None);
            if (id.StartsWith("operator", StringComparison.Ordinal))
                await host.ChangeUserAsync(user.Id, row => row.Role = PortalRole.Operator);
            // None of these opens a proxy.
            if (id.Split('-') is [_, "revoked" or "requested" or "lapsed" or "withdrawn"])
                await host.AddRowAsync(new Device
                {
                    UserId = user.Id,
                    Name = "laptop",
                    SecretDigest = new byte[32],
                    State = id.EndsWith("revoked", StringComparison.Ordinal) ? DeviceState.Revoked : id == "bare-requested" ? DeviceState.Requested : DeviceState.Approved,
                    ExpiresAt = id == "bare-lapsed" ? now : null,
                    SecretRevokedAt = id == "bare-withdrawn" ? now : null,
                });
            if (id is "device" or "operator-device")
                await host.AddRowAsync(new Device { UserId = user.Id, Name = "laptop", SecretDigest = new byte[32] });
        }
    }

    private static ClaimsPrincipal As(ServiceHost host, PortalRole role) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, host.Admin.Id!.Value.ToString()), new(ClaimTypes.Name, "someone"), new(ClaimTypes.Role, role.ToString())], "test"));

    private sealed class NobodySignedIn : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new ClaimsPrincipal()));
    }
}
