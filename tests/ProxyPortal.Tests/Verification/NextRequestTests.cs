using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Access;
using ProxyPortal.Core.Verification;
using ProxyPortal.Proxies;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>What an administrator saved counts at the very next request: no test here waits for anything.</summary>
public sealed class NextRequestTests : IAsyncLifetime
{
    private VerifyHost _host = null!;

    private UserService Users => _host.Services.GetRequiredService<UserService>();

    private ProxyService Proxies => _host.Services.GetRequiredService<ProxyService>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await VerifyHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Suspend_AndResume_CountAtOnce()
    {
        Guid bob = await _host.AddUserAsync("bob");
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        Assert.True((await Users.SuspendAsync(Actor.Portal, bob, Cancellation)).Succeeded);
        Assert.Equal("account.suspended", (await _host.AskAsync("bob")).Code);
        Assert.True((await Users.ResumeAsync(Actor.Portal, bob, Cancellation)).Succeeded);
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        Assert.True((await Users.DeleteAsync(Actor.Portal, bob, Cancellation)).Succeeded);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("bob")).Code);
        Assert.True((await Users.RestoreAsync(Actor.Portal, bob, Cancellation)).Succeeded);
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
    }

    [Fact]
    public async Task NewPassword_CountsAtOnceAndTheOldOneIsDead()
    {
        Guid bob = await _host.AddUserAsync("bob");
        Assert.Equal("rejected", (await _host.AskAsync("bob", "canary another long password")).Result);
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        await _host.ChangeUserAsync(bob, user => _host.SetPassword(user, "canary another long password"));
        Assert.Equal("accepted", (await _host.AskAsync("bob", "canary another long password")).Result);
        Assert.Equal("rejected", (await _host.AskAsync("bob")).Result);
    }

    [Fact]
    public async Task NewUser_CountsAlthoughTheNameWasTriedBefore()
    {
        Assert.Equal("rejected", (await _host.AskAsync("bob")).Result);
        await _host.AddUserAsync("bob");
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
    }

    [Fact]
    public async Task Endpoint_RenamedOrRemoved_CountsAtOnce()
    {
        EndpointDetail hq = (await Proxies.GetAsync(Actor.Portal, _host.ProxyId, Cancellation)).Value.Endpoints[0];
        Assert.True((await Proxies.ChangeEndpointAsync(Actor.Portal, _host.ProxyId, hq.Id, new EndpointInput { Name = "centre", Host = "centre.example.test" }, hq.Version, Cancellation)).Succeeded);
        Assert.Equal(403, (await _host.AskAsync("alice", endpoint: "hq")).Status);
        Assert.Equal("accepted", (await _host.AskAsync("alice", endpoint: "centre")).Result);
        Assert.True((await Proxies.RemoveEndpointAsync(Actor.Portal, _host.ProxyId, hq.Id, Cancellation)).Succeeded);
        Assert.Equal(403, (await _host.AskAsync("alice", endpoint: "centre")).Status);
    }

    [Fact]
    public async Task Scheme_NoLongerOffered_CountsAtOnce()
    {
        await _host.SaveAsync(db => db.ProxyEndpoints.Single(endpoint => endpoint.Name == "hq").Schemes = Core.Http.AuthSchemes.Digest);
        Assert.Equal("scheme.not_allowed", (await _host.AskAsync("alice")).Code);
    }

    // The only endpoint of a group goes: an empty list would mean "every endpoint", so its members must not come out freer than before.
    [Fact]
    public async Task Endpoint_OnlyOneOfAGroup_CannotBeRemoved()
    {
        await _host.AddProxyAsync("branch", VerifyHost.OtherCallerKey, "branch");
        Guid bob = await _host.AddUserAsync("bob");
        await _host.AddGroupAsync(new ProxyPortal.Groups.Group { Name = "hq-only" }, [bob], "hq");
        EndpointDetail hq = (await Proxies.GetAsync(Actor.Portal, _host.ProxyId, Cancellation)).Value.Endpoints[0];
        Assert.Equal("endpoint_in_use", (await Proxies.RemoveEndpointAsync(Actor.Portal, _host.ProxyId, hq.Id, Cancellation)).Error?.Code);
        Assert.Equal("endpoint_in_use", (await Proxies.DeleteAsync(Actor.Portal, _host.ProxyId, Cancellation)).Error?.Code);
        Assert.Equal("endpoint.not_allowed", (await _host.AskAsync("bob", key: VerifyHost.OtherCallerKey)).Code);
    }

    [Fact]
    public async Task Group_RuleOrPolicyChanged_CountsAtOnceAndReplacesNoMember()
    {
        Guid[] members = [await _host.AddUserAsync("bob"), await _host.AddUserAsync("carol")];
        await _host.AddGroupAsync(new ProxyPortal.Groups.Group { Name = "staff", ExpiryPolicy = new ProxyPortal.ExpiryPolicies.ExpiryPolicy { Name = "yearly" } }, members);
        UserModel before = _host.Index.FindUser("bob")!;
        Assert.Equal("accepted", (await _host.AskAsync("bob")).Result);
        // Their passwords are as old as the calendar.
        await _host.SaveAsync(db => db.ExpiryPolicies.Single().PasswordMaxAgeDays = 365);
        Assert.Equal("credential.expired", (await _host.AskAsync("bob")).Code);
        await _host.SaveAsync(db => db.ExpiryPolicies.Single().PasswordMaxAgeDays = null);
        await _host.SaveAsync(db => db.Groups.Single().Schemes = Core.Http.AuthSchemes.Digest);
        Assert.Equal("scheme.not_allowed", (await _host.AskAsync("bob")).Code);
        Assert.Equal("scheme.not_allowed", (await _host.AskAsync("carol")).Code);
        Assert.Same(before, _host.Index.FindUser("bob"));
        await _host.SaveAsync(db => db.Groups.Remove(db.Groups.Single()));
        Assert.Equal("accepted", (await _host.AskAsync("carol")).Result);
    }

    [Fact]
    public async Task Verify_BeforeTheDirectoryIsLoaded_Is503WithRetryAfter()
    {
        await using VerifyHost empty = await VerifyHost.StartAsync(loaded: false);
        VerifyReply reply = await empty.AskAsync("alice");
        Assert.Equal((503, "not_ready"), (reply.Status, reply.Code));
        Assert.Contains("Retry-After: 1", reply.Headers, StringComparison.Ordinal);
        Assert.Equal(0, empty.Gate.Computed);
    }

    // Someone looks for a fault and turns the framework's log up: what a proxy wrongly put into the URL must still not be in it.
    [Fact]
    public async Task Verify_SecretInTheUrl_IsNotLoggedEvenWhenTheFrameworkLogsRequests()
    {
        await using VerifyHost host = await VerifyHost.StartAsync(settings: [("Logging:LogLevel:Microsoft.AspNetCore", "Trace")]);
        Assert.Equal(400, (await host.SendAsync("{}", target: "/api/v1/verify?password=canary")).Status);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneChange_Among20000Users_ReplacesOneEntry()
    {
        await _host.SaveAsync(db =>
        {
            for (int i = 0; i < 20_000; i++)
                db.Users.Add(new User { Id = Guid.CreateVersion7(), UserName = $"u{i}", NormalizedUserName = $"u{i}", DisplayName = "" });
        });
        UserModel[] before = [.. Enumerable.Range(0, 20_000).Select(i => _host.Index.FindUser($"u{i}")!)];
        Assert.True((await Users.SuspendAsync(Actor.Portal, before[777].Id, Cancellation)).Succeeded);
        Assert.Equal([777], Enumerable.Range(0, 20_000).Where(i => !ReferenceEquals(before[i], _host.Index.FindUser($"u{i}"))));
        Assert.True(_host.Index.FindUser("u777")!.Suspended);
    }
}
