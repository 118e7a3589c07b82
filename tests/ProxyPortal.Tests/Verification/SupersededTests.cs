using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Tests.Data;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Passwords;
using ProxyPortal.Verification.Throttling;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>Secrets that were replaced: recognised, told to nobody, and no guess.</summary>
public sealed class SupersededTests : IAsyncLifetime
{
    private const string Address = "192.0.2.10";
    private const string NewPassword = "canary another long password";
    private readonly LeapingTime _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private VerifyHost _host = null!;
    private Guid _bob;

    private RejectionReason LastReason => _host.Activity.Rejections()[0].Reason;

    private SupersededUses Uses => _host.Services.GetRequiredService<SupersededUses>();

    public async ValueTask InitializeAsync()
    {
        _host = await VerifyHost.StartAsync(_time);
        _bob = await _host.AddUserAsync("bob");
        _time.AdjustTime(_time.GetUtcNow().AddDays(1));
        await SetPasswordAsync(NewPassword);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task OldPassword_IsRecognisedAfterTheAnswerAndKnownFromThenOn()
    {
        DateTimeOffset replacedAt = _time.GetUtcNow();
        _time.AdjustTime(_time.GetUtcNow().AddHours(1));
        VerifyReply unknown = await _host.AskAsync("nobody", address: Address);
        Assert.Equal(unknown.WithoutId, (await _host.AskAsync("bob", address: Address)).WithoutId);
        await RecognisedAsync();
        SupersededUse use = Assert.Single(Uses.Of(_bob));
        Assert.Equal(("bob", Address, replacedAt, 1), (use.Login, use.Address!.ToString(), use.ReplacedAt, use.Count));
        Assert.Equal(0, Failures());

        long hashes = _host.Gate.Computed;
        // At once while the wrong secret is remembered, and after that: the same bytes, no hash.
        Assert.Equal(unknown.WithoutId, (await _host.AskAsync("bob", address: Address)).WithoutId);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(unknown.WithoutId, (await _host.AskAsync("bob", address: Address)).WithoutId);
        Assert.Equal(RejectionReason.SupersededSecret, LastReason);
        Assert.Equal((hashes, 0, 3), (_host.Gate.Computed, Failures(), Assert.Single(Uses.Of(_bob)).Count));
        Assert.Equal("accepted", (await _host.AskAsync("bob", NewPassword, address: Address)).Result);
    }

    [Fact]
    public async Task OldPassword_10000Times_CountsForNothing()
    {
        await _host.AskAsync("bob", address: Address);
        await RecognisedAsync();
        Verifier verifier = _host.Services.GetRequiredService<Verifier>();
        byte[] old = System.Text.Encoding.UTF8.GetBytes(VerifyHost.Password);
        for (int i = 0; i < 10_000; i++)
        {
            VerificationOutcome outcome = await verifier.VerifyAsync(Question(), "bob", old);
            Assert.Equal((RejectionReason.SupersededSecret, RejectionReasons.PublicCode), (outcome.Decision.Reason, outcome.Decision.PublicCode));
            if (i % 1000 == 0)
                _time.Advance(TimeSpan.FromSeconds(11));
        }
        Assert.Equal(0, Failures());
        Assert.Equal("accepted", (await _host.AskAsync("bob", NewPassword, address: Address)).Result);
    }

    // Known or not must not show in the time: the first answer after the memory of mismatches takes as long as a comparison.
    [Fact]
    public async Task OldPassword_Known_StillAnswersAfterTheTimeOfAComparison()
    {
        await _host.AskAsync("bob", address: Address);
        await RecognisedAsync();
        _time.Advance(TimeSpan.FromSeconds(11));
        ColdTimes cold = _host.Services.GetRequiredService<ColdTimes>();
        for (int i = 0; i < 64; i++)
            cold.Record(PasswordHashing.PresentKind, _time.GetTimestamp() - 200 * TimeSpan.TicksPerMillisecond);
        PasswordProver prover = _host.Services.GetRequiredService<PasswordProver>();
        Task<VerifyReply> pending = _host.AskAsync("bob", address: Address);
        await BothDatabasesTests.EventuallyAsync(() => prover.Delayed == 1);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal("rejected", (await pending).Result);
    }

    [Fact]
    public async Task WrongPassword_IsComparedWithThreeEarlierOnesOnceAndStaysAGuess()
    {
        foreach (string password in (string[])["canary third password", "canary fourth password", "canary fifth password"])
            await SetPasswordAsync(password);
        await _host.AskAsync("bob", "no password of bob's", address: Address);
        await RecognisedAsync();
        Assert.Equal((3, 1), (_host.Gate.ComputedWhenIdle, Failures()));
        _time.Advance(TimeSpan.FromSeconds(11));
        await _host.AskAsync("bob", "no password of bob's", address: Address);
        await RecognisedAsync();
        Assert.Equal((3, 1), (_host.Gate.ComputedWhenIdle, Failures()));
        // The fourth last is forgotten: a guess like any other.
        await _host.AskAsync("bob", address: Address);
        await RecognisedAsync();
        Assert.Empty(Uses.Of(_bob));
        await _host.AskAsync("bob", NewPassword, address: Address);
        await RecognisedAsync();
        Assert.Single(Uses.Of(_bob));
    }

    [Fact]
    public async Task DeviceSecret_Replaced_BothProveDuringTheOverlapAndThenTheOldOneIsRecognised()
    {
        const string next = "canary-device-next-0123456789-0123456789";
        await _host.SaveAsync(db => db.Devices.Add(_host.NewDevice(_bob, "laptop")));
        DateTimeOffset end = _time.GetUtcNow().AddHours(24);
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            var device = await db.Devices.SingleAsync(row => row.UserId == _bob, TestContext.Current.CancellationToken);
            (device.SecretDigest, device.FormerSecretProvesUntil) = (_host.NewDevice(_bob, "laptop", secret: next).SecretDigest, end);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal("accepted", (await _host.AskAsync("bob+laptop", next)).Result);
        Assert.Equal("accepted", (await _host.AskAsync("bob+laptop", VerifyHost.DeviceSecret)).Result);
        DateTimeOffset replacedAt = _time.GetUtcNow();
        _time.SetUtcNow(end);
        VerifyReply old = await _host.AskAsync("bob+laptop", VerifyHost.DeviceSecret, address: Address);
        Assert.Equal(old.WithoutId, (await _host.AskAsync("bob+laptop", "wrong", address: Address)).WithoutId);
        SupersededUse use = Assert.Single(Uses.Of(_bob));
        Assert.Equal(("bob+laptop", Address, replacedAt), (use.Login, use.Address!.ToString(), use.ReplacedAt));
        Assert.Equal("accepted", (await _host.AskAsync("bob+laptop", next)).Result);
    }

    private Task RecognisedAsync() => BothDatabasesTests.EventuallyAsync(() => _host.Services.GetRequiredService<FormerPasswordWatch>().Open == 0);

    private async Task SetPasswordAsync(string password)
    {
        // Apart, so that the latest three are known.
        _time.Advance(TimeSpan.FromSeconds(1));
        await _host.ChangeUserAsync(_bob, user => _host.SetPassword(user, password));
    }

    private Question Question() => new(_host.Index.Callers.Find(VerifyHost.CallerKey)!.Caller,
        new VerificationRequest(_time.GetUtcNow().UtcTicks, AuthSchemes.Basic, null, System.Net.IPAddress.Parse(Address)));

    private int Failures() => _host.Services.GetRequiredService<AttemptThrottle>().FailuresAt(
        _host.Services.GetRequiredService<AttemptPlaces>().Of(Question(), "bob", _host.Index.FindUser("bob")!.PasswordVersion));
}
