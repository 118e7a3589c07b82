using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;

namespace ProxyPortal.Verification;

/// <summary>How far the change feed was read. On PostgreSQL two commits may become visible in another order than they took their
/// numbers, so numbers that were skipped are asked for again for a while.</summary>
internal sealed class ChangeCursor(long last)
{
    private const int LongestGap = 1000;
    private static readonly TimeSpan GapPatience = TimeSpan.FromSeconds(60);
    private readonly Dictionary<long, DateTimeOffset> _gaps = [];
    private long _last = last;

    /// <summary>A cursor behind everything that a full load will include, made before it reads. Numbers that are missing just below <paramref name="last"/> may
    /// belong to commits still under way: they are asked for again too.</summary>
    public static async Task<ChangeCursor> AtAsync(PortalDbContext db, long last, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var cursor = new ChangeCursor(last);
        long first = Math.Max(0, last - LongestGap);
        HashSet<long> present = [.. await db.DirectoryChanges.Where(change => change.Sequence > first && change.Sequence <= last)
            .Select(change => change.Sequence).ToListAsync(cancellationToken)];
        for (long number = first + 1; number < last; number++)
        {
            if (!present.Contains(number))
                cursor._gaps[number] = now;
        }
        return cursor;
    }

    public async Task<List<DirectoryChange>> ReadAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (long given in _gaps.Where(gap => now - gap.Value > GapPatience).Select(gap => gap.Key).ToList())
            _gaps.Remove(given);
        // Two questions: asked in one, SQLite goes through the whole feed.
        List<DirectoryChange> late = _gaps.Count == 0 ? [] : await AmongAsync(db, [.. _gaps.Keys], cancellationToken);
        long last = _last;
        List<DirectoryChange> next = await db.DirectoryChanges.AsNoTracking().Where(change => change.Sequence > last).OrderBy(change => change.Sequence).ToListAsync(cancellationToken);
        return [.. late, .. next];
    }

    public void Advance(List<DirectoryChange> changes, DateTimeOffset now)
    {
        foreach (DirectoryChange change in changes)
        {
            _gaps.Remove(change.Sequence);
            for (long skipped = _last + 1; skipped < change.Sequence && skipped > change.Sequence - LongestGap; skipped++)
                _gaps[skipped] = now;
            _last = Math.Max(_last, change.Sequence);
        }
    }

    private static Task<List<DirectoryChange>> AmongAsync(PortalDbContext db, long[] numbers, CancellationToken cancellationToken) =>
        db.DirectoryChanges.AsNoTracking().Where(change => numbers.Contains(change.Sequence)).OrderBy(change => change.Sequence).ToListAsync(cancellationToken);
}
