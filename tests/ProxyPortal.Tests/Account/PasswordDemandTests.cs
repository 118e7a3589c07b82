using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Account;

/// <summary>What policies ask of a new password.</summary>
public sealed class PasswordDemandTests : IAsyncLifetime
{
    private static readonly string[] Words = ["first orange tractor window", "second orange tractor window", "third orange tractor window", "fourth orange tractor window"];
    private PortalHost _portal = null!;
    private User _alice = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.PrepareAsync();
        _alice = await _portal.AddUserAsync("alice", password: Words[0]);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task History_TheLastPasswordsAreRefused_OlderOnesAreNot()
    {
        await AddPolicyAsync(new ExpiryPolicy { Name = "strict", IsDefault = true, PasswordHistory = 3 });

        Assert.Contains("before", (await ChangeAsync(Words[0])).Error?.Message, StringComparison.Ordinal);
        Assert.True((await ChangeAsync(Words[1])).Succeeded);
        Assert.True((await ChangeAsync(Words[2])).Succeeded);
        Assert.Equal("password", (await ChangeAsync(Words[0])).Error?.Field);
        Assert.True((await ChangeAsync(Words[3])).Succeeded);
        Assert.True((await ChangeAsync(Words[0])).Succeeded);
    }

    [Fact]
    public async Task Length_TheStrictestOfTheGroupsPolicies_IsAskedFor()
    {
        await AddPolicyAsync(new ExpiryPolicy { Name = "short", PasswordMinLength = 16 }, "a");
        await AddPolicyAsync(new ExpiryPolicy { Name = "long", PasswordMinLength = 40 }, "b");

        Assert.Equal(40, await _portal.Get<PasswordService>().MinLengthAsync(_alice.Id, None));
        Assert.Contains("at least 40", (await ChangeAsync(Words[1])).Error?.Message, StringComparison.Ordinal);
        Assert.True((await ChangeAsync(Words[1] + " " + Words[2])).Succeeded);
    }

    [Fact]
    public async Task WithoutAPolicy_AFormerPasswordMayComeBack()
    {
        Assert.True((await ChangeAsync(Words[1])).Succeeded);
        Assert.True((await ChangeAsync(Words[0])).Succeeded);
    }

    private async Task AddPolicyAsync(ExpiryPolicy policy, string? group = null)
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        db.ExpiryPolicies.Add(policy);
        if (group is not null)
        {
            var row = new Group { Name = group, ExpiryPolicy = policy };
            row.Users.Add(await db.Users.SingleAsync(user => user.Id == _alice.Id, None));
            db.Groups.Add(row);
        }
        await db.SaveChangesAsync(None);
    }

    private Task<Result> ChangeAsync(string password) =>
        _portal.Get<PasswordService>().ChangeAsync(new Actor(_alice.Id, "alice", PortalRole.None, null), _alice.Id, password, None);
}
