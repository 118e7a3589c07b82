using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Verification.Events;

/// <summary>The real host while the database takes nothing, and when it ends.</summary>
public sealed class EventOutageTests : IAsyncLifetime
{
    private readonly LeapingTime _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private VerifyHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EventWriter Writer => _host.Services.GetRequiredService<EventWriter>();

    public async ValueTask InitializeAsync()
    {
        _host = await VerifyHost.StartAsync(_time);
        Assert.True(await Writer.FlushAsync(all: true, Token));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Locked_VerificationGoesOn_AndEverythingIsWrittenAfterwards()
    {
        PortalDbContext other = await _host.OpenAsync();
        await HoldAsync(other);
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal("accepted", (await _host.AskAsync("alice")).Result);
            Assert.Equal("rejected", (await _host.AskAsync("alice", "canary wrong")).Result);
            // At each second of this clock the writer waits for the lock for three in earnest.
            if (i % 20 == 19)
                _time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.False(await Writer.FlushAsync(all: false, Token));
        Assert.Equal(0, await CountAsync(RejectionReason.WrongSecret));
        await ReleaseAsync(other);

        Assert.True(await Writer.FlushAsync(all: true, Token));
        Assert.Equal((61, 60), (await CountAsync(RejectionReason.None), await CountAsync(RejectionReason.WrongSecret)));
        Assert.Equal((61, 60), (await RolledUpAsync(RejectionReason.None), await RolledUpAsync(RejectionReason.WrongSecret)));
        Assert.Equal(0, _host.Services.GetRequiredService<EventDrops>().Total);
        // Said once, not every second.
        Assert.Single(_host.Logs.Lines, line => line.Contains("could not be stored", StringComparison.Ordinal));
        Assert.Single(_host.Logs.Lines, line => line.Contains("being stored again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Second_StoresWhatItBrought_AndNoSecret()
    {
        await _host.AskAsync("alice", "canary wrong");
        await _host.AskAsync("canary typed into the wrong field");
        _time.Advance(TimeSpan.FromSeconds(1));
        await Data.BothDatabasesTests.EventuallyAsync(() => Writer.Written > 2);
        await using PortalDbContext db = await _host.OpenAsync();
        List<VerificationEvent> events = await db.VerificationEvents.Where(one => one.Reason != RejectionReason.None).ToListAsync(Token);
        Assert.Equal([RejectionReason.UnknownUser, RejectionReason.WrongSecret], events.Select(one => one.Reason).Order());
        Assert.DoesNotContain(events, one => one.Login.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_WritesTheRest()
    {
        await _host.AskAsync("alice", "canary wrong");
        await Writer.StopAsync(Token);
        Assert.Equal(1, await CountAsync(RejectionReason.WrongSecret));
    }

    private async Task<int> CountAsync(RejectionReason reason)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.VerificationEvents.Where(one => one.Reason == reason).SumAsync(one => one.Count, Token);
    }

    private async Task<long> RolledUpAsync(RejectionReason reason)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.VerificationRollups.Where(one => one.Reason == reason && one.Span == RollupSpan.Minute).SumAsync(one => one.Count, Token);
    }

    // SQLite: another program writes. PostgreSQL lets others write, so there the table is away.
    private static async Task HoldAsync(PortalDbContext other)
    {
        if (other.Database.IsSqlite())
            await other.Database.BeginTransactionAsync(Token);
        else
            await other.Database.ExecuteSqlRawAsync("ALTER TABLE verification_rollups RENAME TO verification_rollups_gone", Token);
    }

    private static async Task ReleaseAsync(PortalDbContext other)
    {
        if (!other.Database.IsSqlite())
            await other.Database.ExecuteSqlRawAsync("ALTER TABLE verification_rollups_gone RENAME TO verification_rollups", Token);
        await other.DisposeAsync();
    }
}
