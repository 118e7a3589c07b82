using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;

namespace ProxyPortal.Verification.Events;

/// <summary>Tells <see cref="VerificationActivity"/>, at a start, what was stored before it.</summary>
internal sealed partial class EventHistory(IDbContextFactory<PortalDbContext> contexts, VerificationActivity activity, TimeProvider time, ILogger<EventHistory> log)
{
    public async Task RecallAsync(CancellationToken cancellationToken)
    {
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            activity.Remember(await MinutesAsync(db, now.AddHours(-1), cancellationToken), await RejectionsAsync(db, now.AddDays(-1), cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogRecallFailed(exception);
        }
    }

    private static async Task<List<MinuteTally>> MinutesAsync(PortalDbContext db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var counts = await db.VerificationRollups.AsNoTracking().Where(rollup => rollup.Span == RollupSpan.Minute && rollup.Start >= since)
            .GroupBy(rollup => new { rollup.Start, rollup.Reason }).Select(group => new { group.Key.Start, group.Key.Reason, Count = group.Sum(rollup => rollup.Count) })
            .ToListAsync(cancellationToken);
        return [.. counts.GroupBy(count => count.Start).Select(minute => new MinuteTally(minute.Key,
            minute.Where(count => count.Reason is RejectionReason.None).Sum(count => count.Count),
            minute.Where(count => count.Reason is not RejectionReason.None && !IsTemporary(count.Reason)).Sum(count => count.Count),
            minute.Where(count => IsTemporary(count.Reason)).Sum(count => count.Count)))];
    }

    private static bool IsTemporary(RejectionReason reason) => new VerificationDecision(reason, false).IsTemporary;

    private static async Task<List<RecentRejection>> RejectionsAsync(PortalDbContext db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var rows = await db.VerificationEvents.AsNoTracking().Where(one => one.Reason != RejectionReason.None && one.FirstAt >= since).OrderByDescending(one => one.FirstAt)
            .Take(VerificationActivity.RejectionsKept).Select(one => new { one.LastAt, one.ProxyName, one.Login, one.Source, one.Reason, one.UserId }).ToListAsync(cancellationToken);
        rows.Reverse();
        return [.. rows.Select(row => new RecentRejection(row.LastAt, row.ProxyName, row.Login, IPAddress.TryParse(row.Source, out IPAddress? source) ? source : null, row.Reason) { UserId = row.UserId })];
    }

    [LoggerMessage(2013, LogLevel.Warning, "The stored verification events could not be read; the overview begins empty.")]
    private partial void LogRecallFailed(Exception exception);
}
