using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;

namespace ProxyPortal.Users;

/// <summary>How many users are in each status. Where counting is cheap it is done for every question; where it takes long, with hundreds of
/// thousands of users, the last count is told and renewed in the background, so that no page waits for it.</summary>
internal sealed class UserCounts(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    // A tenth of one core at most goes into counting.
    private const int Rest = 10;
    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(100);
    private readonly Lock _sync = new();
    private Task<Count>? _running;
    private Count? _last;

    private sealed record Count(IReadOnlyDictionary<UserStatus, int> Statuses, long At, TimeSpan Cost);

    public async Task<IReadOnlyDictionary<UserStatus, int>> GetAsync() => (Told() ?? await Begin()).Statuses;

    /// <summary>Null when nothing was counted yet and it takes longer than <paramref name="patience"/>.</summary>
    public async Task<IReadOnlyDictionary<UserStatus, int>?> GetSoonAsync(TimeSpan patience)
    {
        if (Told() is { } told)
            return told.Statuses;
        Task<Count> counting = Begin();
        await Task.WhenAny(counting, Task.Delay(patience, time));
        return counting.IsCompleted ? (await counting).Statuses : null;
    }

    /// <summary>Counts <paramref name="users"/> now.</summary>
    public static async Task<Dictionary<UserStatus, int>> ReadAsync(PortalDbContext db, IQueryable<User> users, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counts = Enum.GetValues<UserStatus>().ToDictionary(status => status, _ => 0);
        foreach (var row in await users.Statuses(now).GroupBy(status => status).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken))
            counts[row.Key] = row.Count;
        IdleRules idle = await IdleRules.LoadAsync(db, cancellationToken);
        foreach (var row in idle.Any ? await idle.Idle(users, now).Statuses(now).GroupBy(status => status).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken) : [])
        {
            if (row.Key.UnlessIdle(true) is UserStatus.Idle)
                (counts[row.Key], counts[UserStatus.Idle]) = (counts[row.Key] - row.Count, counts[UserStatus.Idle] + row.Count);
        }
        return counts;
    }

    private Count? Told()
    {
        lock (_sync)
        {
            if (_last is not { } last || last.Cost < Cheap)
                return null;
            if (_running is null && time.GetElapsedTime(last.At) > Rest * last.Cost)
                _running = Task.Run(CountAsync);
            return last;
        }
    }

    // Of those who come while a long count is under way, none begins another.
    private Task<Count> Begin()
    {
        lock (_sync)
            return _last is null && _running is not null ? _running : _running = Task.Run(CountAsync);
    }

    private async Task<Count> CountAsync()
    {
        try
        {
            long begun = time.GetTimestamp();
            await using PortalDbContext db = await contexts.CreateDbContextAsync();
            var count = new Count(await ReadAsync(db, db.Users, time.GetUtcNow(), CancellationToken.None), time.GetTimestamp(), time.GetElapsedTime(begun));
            lock (_sync)
                _last = count;
            return count;
        }
        finally
        {
            lock (_sync)
                _running = null;
        }
    }
}
