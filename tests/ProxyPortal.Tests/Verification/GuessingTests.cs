using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Tests.Data;
using ProxyPortal.Users;
using ProxyPortal.Verification.Passwords;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>Guessing at passwords through a real proxy's eyes: slowed, counted once, never a lock for everyone, and never to be told from a
/// wrong password.</summary>
public sealed class GuessingTests : IAsyncLifetime
{
    private const string Attacker = "203.0.113.7";
    private readonly LeapingTime _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private VerifyHost _host = null!;

    private RejectionReason LastReason => _host.Activity.Rejections()[0].Reason;

    public async ValueTask InitializeAsync() => _host = await VerifyHost.StartAsync(_time, settings: [("Verification:ThrottleUserFailures", "10"), ("Verification:HashQueue", "1000")]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task ParallelGuesses_200AtOnce_HashNoMoreThanTheFreeOnes()
    {
        long before = _host.Gate.Computed;
        VerifyReply[] replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => _host.AskAsync("alice", $"wrong {i}", address: Attacker)));
        Assert.InRange(_host.Gate.Computed - before, 1, 3);
        Assert.Single(replies.Select(reply => reply.WithoutId).Distinct());
        Assert.Equal(197, _host.Activity.Rejections().Count(rejection => rejection.Reason is RejectionReason.Throttled));
        // From elsewhere nothing happened.
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: "192.0.2.10")).Result);
    }

    [Fact]
    public async Task Spray_OnePasswordForManyNames_TripsTheSourceAndLocksNobody()
    {
        long before = _host.Gate.Computed;
        VerifyReply first = await _host.AskAsync("user0", "Spring2026!", address: Attacker);
        for (int i = 1; i < 80; i++)
            Assert.Equal(first.WithoutId, (await _host.AskAsync($"user{i}", "Spring2026!", address: Attacker)).WithoutId);
        Assert.Equal(21, _host.Gate.Computed - before);
        Assert.Equal(RejectionReason.Throttled, LastReason);
        // Also a right password from there, until the penalty is over.
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("alice", address: Attacker)).Code);
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: "192.0.2.10")).Result);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: Attacker)).Result);
    }

    [Fact]
    public async Task FiftyFailuresOver50Users_FromOneAddress_ThrottleTheAddressAndLockNoUser()
    {
        await _host.SaveAsync(db => db.Users.AddRange(Enumerable.Range(0, 50).Select(i => new User
        {
            Id = Guid.CreateVersion7(),
            UserName = $"u{i}",
            NormalizedUserName = $"u{i}",
            DisplayName = "",
            PasswordHash = ImportedHashTests.Apr1,
            PasswordVersion = 1,
        })));
        for (int i = 0; i < 50; i++)
            Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync($"u{i}", "wrong", address: Attacker)).Code);
        Assert.Equal(29, _host.Activity.Rejections().Count(rejection => rejection.Reason is RejectionReason.Throttled));
        for (int i = 0; i < 50; i++)
            Assert.Equal("accepted", (await _host.AskAsync($"u{i}", address: $"192.0.2.{i}")).Result);
    }

    [Fact]
    public async Task OwnerWhoMistypes_WaitsASecondAndStartsAnewAfterSuccess()
    {
        for (int i = 0; i < 3; i++)
            await _host.AskAsync("alice", $"wrong {i}", address: Attacker);
        Assert.Equal(RejectionReason.WrongSecret, LastReason);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("alice", address: Attacker)).Code);
        Assert.Equal(RejectionReason.Throttled, LastReason);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: Attacker)).Result);
        // A remembered proof forgives nothing; one by a hash does.
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: Attacker)).Result);
        for (int i = 10; i < 12; i++)
            await _host.AskAsync("alice", $"wrong {i}", address: Attacker);
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: Attacker)).Result);
    }

    // One device with a wrong password must not throttle the others at the same address, however often it asks.
    [Fact]
    public async Task SameWrongPassword_AgainAndAgain_CountsOnce()
    {
        for (int i = 0; i < 40; i++)
        {
            await _host.AskAsync("alice", "canary an old password", address: Attacker);
            _time.Advance(TimeSpan.FromSeconds(12));
        }
        Assert.DoesNotContain(_host.Activity.Rejections(), rejection => rejection.Reason is RejectionReason.Throttled);
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: Attacker)).Result);
    }

    [Fact]
    public async Task AttackFromEverywhere_KnownSourceAndDeviceGoOn_OthersWaitForANewPassword()
    {
        Guid alice = _host.Index.FindUser("alice")!.Id;
        await _host.SaveAsync(db => db.Devices.Add(_host.NewDevice(alice, "laptop")));
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: "192.0.2.10")).Result);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: "192.0.2.10")).Result);
        for (int i = 0; i < 12; i++)
        {
            await _host.AskAsync("alice", $"wrong {i}", address: $"198.51.100.{i}");
            await _host.AskAsync("nobody", $"wrong {i}", address: $"198.51.100.{i}");
        }
        // Known and unknown names alike.
        VerifyReply blocked = await _host.AskAsync("alice", address: "198.51.100.99");
        Assert.Equal(RejectionReason.Throttled, LastReason);
        Assert.Equal(blocked.WithoutId, (await _host.AskAsync("nobody", address: "198.51.100.99")).WithoutId);
        Assert.Equal(RejectionReason.Throttled, LastReason);
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: "192.0.2.10")).Result);
        Assert.Equal("accepted", (await _host.AskAsync("alice+laptop", VerifyHost.DeviceSecret, address: "198.51.100.99")).Result);
        // Not only by what is remembered.
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: "192.0.2.10")).Result);
        for (int i = 0; i < 10; i++)
            await _host.AskAsync("alice", $"wrong again {i}", address: $"198.51.100.{i}");
        await _host.AskAsync("alice", address: "198.51.100.99");
        Assert.Equal(RejectionReason.Throttled, LastReason);
        await _host.ChangeUserAsync(alice, user => _host.SetPassword(user, "canary another long password"));
        Assert.Equal("accepted", (await _host.AskAsync("alice", "canary another long password", address: "198.51.100.99")).Result);
    }

    [Fact]
    public async Task NotProved_UnknownWrongSuspendedAndThrottled_SameBytesAndOneHashEach()
    {
        await _host.AddUserAsync("bob", adjust: user => user.SuspendedAt = _time.GetUtcNow());
        await _host.AddUserAsync("carol", adjust: user => user.Role = PortalRole.Operator);
        await _host.AddUserAsync("dave", null);
        long before = _host.Gate.Computed;
        VerifyReply unknown = await _host.AskAsync("nobody", "wrong", address: "198.51.100.1");
        foreach (string name in (string[])["alice", "bob", "carol", "dave"])
            Assert.Equal(unknown.WithoutId, (await _host.AskAsync(name, "wrong", address: "198.51.100.1")).WithoutId);
        Assert.Equal(before + 5, _host.Gate.Computed);
        foreach (string name in (string[])["alice", "nobody"])
        {
            for (int i = 0; i < 3; i++)
                await _host.AskAsync(name, $"wrong {i}", address: Attacker);
            Assert.Equal(unknown.WithoutId, (await _host.AskAsync(name, "wrong 9", address: Attacker)).WithoutId);
            Assert.Equal(RejectionReason.Throttled, LastReason);
        }
        Assert.Equal(before + 11, _host.Gate.Computed);
    }

    // A throttled attempt is not compared, and still answers no sooner than one that is: a timer, no thread and no hash.
    [Theory]
    [InlineData("alice")]
    [InlineData("nobody")]
    public async Task Throttled_FirstTime_AnswersAfterTheTimeOfAComparison(string name)
    {
        for (int i = 0; i < 3; i++)
            await _host.AskAsync(name, $"wrong {i}", address: Attacker);
        ColdTimes cold = _host.Services.GetRequiredService<ColdTimes>();
        PasswordProver prover = _host.Services.GetRequiredService<PasswordProver>();
        for (int i = 0; i < 64; i++)
            cold.Record(PasswordHashing.PresentKind, _time.GetTimestamp() - 200 * TimeSpan.TicksPerMillisecond);
        long before = _host.Gate.Computed;
        Task<VerifyReply> pending = _host.AskAsync(name, "wrong 9", address: Attacker);
        await BothDatabasesTests.EventuallyAsync(() => prover.Delayed == 1);
        _time.Advance(TimeSpan.FromMilliseconds(199));
        Assert.Equal(1, prover.Delayed);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("rejected", (await pending).Result);
        Assert.Equal((0, before), (prover.Delayed, _host.Gate.Computed));
        // At once, as the second time of a compared one.
        Assert.Equal("rejected", (await _host.AskAsync(name, "wrong 9", address: Attacker)).Result);
    }

    [Fact]
    public async Task Throttled_Remembered_RightPasswordIsNotAskedOfTheMemory()
    {
        Assert.Equal("accepted", (await _host.AskAsync("alice", address: Attacker)).Result);
        for (int i = 0; i < 3; i++)
            await _host.AskAsync("alice", $"wrong {i}", address: Attacker);
        Assert.Equal(RejectionReasons.PublicCode, (await _host.AskAsync("alice", address: Attacker)).Code);
    }
}
