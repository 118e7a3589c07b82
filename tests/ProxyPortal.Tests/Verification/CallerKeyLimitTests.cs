using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Protocols;
using ProxyPortal.Proxies;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>From where and until when a caller key works, and what is noted of one that was used as it must not be.</summary>
public sealed class CallerKeyLimitTests : IAsyncLifetime
{
    private readonly LeapingTime _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private VerifyHost _host = null!;

    private CallerKeyService Keys => _host.Services.GetRequiredService<CallerKeyService>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await VerifyHost.StartAsync(_time);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    // Rows "expired key" and "right key wrong source IP" of caller-auth.
    [Fact]
    public async Task ExpiredKey_Is401_AtTheVeryInstant()
    {
        await ChangeAsync(new CallerKeyInput { ExpiresAt = _time.GetUtcNow().AddHours(1) });
        Assert.Equal("accepted", (await _host.AskAsync("alice")).Result);
        _time.AdjustTime(_time.GetUtcNow().AddHours(1).AddTicks(-1));
        Assert.Equal("accepted", (await _host.AskAsync("alice")).Result);
        _time.AdjustTime(_time.GetUtcNow().AddTicks(1));
        VerifyReply reply = await _host.AskAsync("alice");
        Assert.Equal((401, "caller_unauthenticated"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task KeyFromOutsideItsNetworks_Is403_AndIsNotedOnce()
    {
        await ChangeAsync(new CallerKeyInput { Networks = ["10.0.0.0/8", "2001:db8::/32"] });
        for (int i = 0; i < 3; i++)
        {
            VerifyReply reply = await _host.AskAsync("alice");
            Assert.Equal((403, "source_out_of_scope"), (reply.Status, reply.Code));
        }
        await WriteAsync();
        AuditEntry entry = Assert.Single(await EntriesAsync(AuditAction.CallerKeyMisplaced));
        Assert.Equal(("hq-squid", "127.0.0.1"), (entry.TargetName, entry.Address));
        await ChangeAsync(new CallerKeyInput { Networks = ["10.0.0.0/8", "127.0.0.1"] });
        Assert.Equal("accepted", (await _host.AskAsync("alice")).Result);
    }

    [Fact]
    public async Task KeyInUrl_IsFlagged_AWrongOneIsNot()
    {
        Assert.Equal("secret_in_url", (await _host.SendAsync("{}", target: $"{VerifyRequest.Path}?api_key=canary-unknown-0123456789-0123456789")).Code);
        await WriteAsync();
        Assert.Empty(await EntriesAsync(AuditAction.CallerKeyExposed));
        Assert.Equal("secret_in_url", (await _host.SendAsync("{}", target: $"{VerifyRequest.Path}?api_key={VerifyHost.CallerKey}")).Code);
        await WriteAsync();
        Assert.Single(await EntriesAsync(AuditAction.CallerKeyExposed));
        Assert.Equal(_time.GetUtcNow(), (await KeyAsync()).ExposedAt);
        Assert.DoesNotContain(VerifyHost.CallerKey, (await EntriesAsync(AuditAction.CallerKeyExposed))[0].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotate_OldKeyWorksForTheOverlap_ThenTheClockEndsIt()
    {
        IssuedCallerKey fresh = (await Keys.RotateAsync(Actor.Portal, _host.ProxyId, new CallerKeyInput(), 24, Cancellation)).Value;
        Assert.Equal("accepted", (await _host.AskAsync("alice")).Result);
        Assert.Equal("accepted", (await _host.AskAsync("alice", key: fresh.Key)).Result);
        _time.AdjustTime(_time.GetUtcNow().AddHours(24));
        Assert.Equal(401, (await _host.AskAsync("alice")).Status);
        Assert.Equal("accepted", (await _host.AskAsync("alice", key: fresh.Key)).Result);
        // The ended one is no longer in the way of a second.
        Assert.True((await Keys.IssueAsync(Actor.Portal, _host.ProxyId, new CallerKeyInput(), Cancellation)).Succeeded);
    }

    [Fact]
    public async Task Rotate_WithoutOverlap_EndsTheOldAtOnce_AndOfTwoTheOlder()
    {
        IssuedCallerKey second = (await Keys.IssueAsync(Actor.Portal, _host.ProxyId, new CallerKeyInput(), Cancellation)).Value;
        _time.AdjustTime(_time.GetUtcNow().AddMinutes(1));
        IssuedCallerKey third = (await Keys.RotateAsync(Actor.Portal, _host.ProxyId, new CallerKeyInput(), 1, Cancellation)).Value;
        Assert.Equal(401, (await _host.AskAsync("alice")).Status);
        Assert.Equal("accepted", (await _host.AskAsync("alice", key: second.Key)).Result);
        IssuedCallerKey fourth = (await Keys.RotateAsync(Actor.Portal, _host.ProxyId, new CallerKeyInput(), 0, Cancellation)).Value;
        Assert.Equal(401, (await _host.AskAsync("alice", key: second.Key)).Status);
        Assert.Equal(401, (await _host.AskAsync("alice", key: third.Key)).Status);
        Assert.Equal("accepted", (await _host.AskAsync("alice", key: fourth.Key)).Result);
    }

    [Fact]
    public async Task Issue_ManyAtOnce_NeverMakesThree()
    {
        Result<IssuedCallerKey>[] issued = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Keys.IssueAsync(Actor.Portal, _host.ProxyId, new CallerKeyInput(), Cancellation))));
        Assert.Single(issued, one => one.Succeeded);
        Assert.All(issued.Where(one => !one.Succeeded), one => Assert.Contains(one.Error!.Code, (string[])["too_many_keys", "conflict"]));
    }

    [Theory]
    [InlineData("networks", "10.0.0.0/33", null, 0)]
    [InlineData("networks", "010.0.0.1", null, 0)]
    [InlineData("networks", "10.0.0.1/8", null, 0)]
    [InlineData("networks", "everywhere", null, 0)]
    [InlineData("scopes", null, "users:write", 0)]
    [InlineData("expiresAt", null, null, -1)]
    public async Task Input_ThatMakesNoSense_IsRefusedAtItsField(string field, string? network, string? scope, int hours)
    {
        var input = new CallerKeyInput { Networks = network is null ? [] : [network], Scopes = scope is null ? [] : [scope], ExpiresAt = hours == 0 ? null : _time.GetUtcNow().AddHours(hours) };
        Assert.Equal(field, (await Keys.ChangeAsync(Actor.Portal, _host.ProxyId, (await KeyAsync()).Id, input, Cancellation)).Error?.Field);
        Assert.Equal(field, (await Keys.IssueAsync(Actor.Portal, _host.ProxyId, input, Cancellation)).Error?.Field);
        Assert.Equal("overlapHours", (await Keys.RotateAsync(Actor.Portal, _host.ProxyId, new CallerKeyInput(), -1, Cancellation)).Error?.Field);
        Assert.Equal("accepted", (await _host.AskAsync("alice")).Result);
    }

    private async Task<CallerKey> KeyAsync()
    {
        await using var db = await _host.OpenAsync();
        return await db.CallerKeys.AsNoTracking().SingleAsync(Cancellation);
    }

    private async Task ChangeAsync(CallerKeyInput input) => Assert.Null((await Keys.ChangeAsync(Actor.Portal, _host.ProxyId, (await KeyAsync()).Id, input, Cancellation)).Error);

    private Task WriteAsync() => _host.Services.GetRequiredService<ActivityWriter>().WriteAsync(TimeSpan.Zero, Cancellation);

    private async Task<List<AuditEntry>> EntriesAsync(string action)
    {
        await using var db = await _host.OpenAsync();
        return await db.AuditEntries.AsNoTracking().Where(entry => entry.Action == action).ToListAsync(Cancellation);
    }
}
