using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProxyPortal.Data;

namespace ProxyPortal.Verification.Events;

/// <summary>Rolls minutes up into hours and hours into days, and removes what is past its time.</summary>
internal sealed class EventRetention(IDbContextFactory<PortalDbContext> contexts, CommitCoordinator commits, IOptions<VerificationOptions> options)
{
    // A short transaction each, so that nobody waits for the sweep.
    private const int RowsAtOnce = 5_000;

    private static readonly (RollupSpan From, RollupSpan To, long Ticks)[] Steps =
        [(RollupSpan.Minute, RollupSpan.Hour, TimeSpan.TicksPerHour), (RollupSpan.Hour, RollupSpan.Day, TimeSpan.TicksPerDay)];

    /// <summary>Sums up anew every hour and day that holds <paramref name="since"/> or comes later: sums, not additions, so that doing it
    /// twice, on two nodes or after a crash gives the same.</summary>
    public async Task RollUpAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What was swept in part must not be summed up again.
        DateTimeOffset oldest = now.AddDays(-options.Value.MinuteRollupDays).AddHours(1);
        since = since < oldest ? oldest : since;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach ((RollupSpan from, RollupSpan to, long ticks) in Steps)
        {
            long start = since.UtcTicks / ticks * ticks;
            using (await commits.EnterAsync(cancellationToken))
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO verification_rollups (span, start, proxy_id, endpoint_id, reason, scheme, count, from_memory, latency_sum_microseconds, latency_max_microseconds)
                    SELECT {(int)to}, start / {ticks} * {ticks}, proxy_id, endpoint_id, reason, scheme, CAST(SUM(count) AS bigint), CAST(SUM(from_memory) AS bigint),
                        CAST(SUM(latency_sum_microseconds) AS bigint), MAX(latency_max_microseconds)
                    FROM verification_rollups WHERE span = {(int)from} AND start >= {start}
                    GROUP BY 2, proxy_id, endpoint_id, reason, scheme
                    ON CONFLICT (span, start, proxy_id, endpoint_id, reason, scheme) DO UPDATE SET count = excluded.count, from_memory = excluded.from_memory,
                        latency_sum_microseconds = excluded.latency_sum_microseconds, latency_max_microseconds = excluded.latency_max_microseconds
                    """, cancellationToken);
        }
    }

    public async Task SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        VerificationOptions keep = options.Value;
        DateTimeOffset oldest = now.AddDays(-keep.EventDays);
        await DeleteAsync(db => db.VerificationEvents.Where(one => db.VerificationEvents.Where(old => old.FirstAt < oldest).OrderBy(old => old.FirstAt)
            .Take(RowsAtOnce).Select(old => old.Id).Contains(one.Id)), cancellationToken);
        foreach ((RollupSpan span, int days, TimeSpan unit) in ((RollupSpan, int, TimeSpan)[])
            [(RollupSpan.Minute, keep.MinuteRollupDays, TimeSpan.FromHours(1)), (RollupSpan.Hour, keep.HourRollupDays, TimeSpan.FromDays(1)), (RollupSpan.Day, keep.DayRollupDays, TimeSpan.FromDays(1))])
        {
            // Whole hours and days only: half an hour must never be summed up again.
            var end = new DateTimeOffset(now.AddDays(-days).UtcTicks / unit.Ticks * unit.Ticks, TimeSpan.Zero);
            await DeleteAsync(db => db.VerificationRollups.Where(rollup => rollup.Span == span && rollup.Start < end), cancellationToken);
        }
    }

    private async Task DeleteAsync<T>(Func<PortalDbContext, IQueryable<T>> rows, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        int deleted;
        do
        {
            using (await commits.EnterAsync(cancellationToken))
                deleted = await rows(db).ExecuteDeleteAsync(cancellationToken);
        }
        while (deleted >= RowsAtOnce);
    }
}
