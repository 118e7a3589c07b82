using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Proxies;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Overview;

/// <summary>How the portal stands at a moment.</summary>
/// <param name="Users">How many users are in each status.</param>
/// <param name="Proxies">Every proxy.</param>
/// <param name="SilentProxies">Those that are silent by <see cref="ProxySilence"/>, those that never called first.</param>
public sealed record OverviewState(IReadOnlyDictionary<UserStatus, int> Users, IReadOnlyList<ProxySummary> Proxies, IReadOnlyList<ProxySummary> SilentProxies)
{
    public int PresentUsers => Users.Where(count => count.Key is not UserStatus.Deleted).Sum(count => count.Value);
}

/// <summary>What the verify listener did lately.</summary>
/// <param name="LastHour">Oldest minute first.</param>
/// <param name="Rejections">Newest first.</param>
/// <param name="Drops">Events that were given up; null = none were.</param>
public sealed record LiveActivity(IReadOnlyList<MinuteTally> LastHour, IReadOnlyList<RecentRejection> Rejections, EventDropNote? Drops = null);

/// <summary>How many events were given up.</summary>
public sealed record EventDropNote(long Count, DateTimeOffset Since, DateTimeOffset? LastAt);

/// <summary>Puts together what the overview shows.</summary>
public sealed class OverviewService(IDbContextFactory<PortalDbContext> contexts, UserService users, ProxyService proxies, VerificationActivity activity, EventDrops drops, AccessControl access, TimeProvider time)
{
    public async Task<Result<OverviewState>> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        Result<IReadOnlyDictionary<UserStatus, int>> counts = await users.CountAsync(actor, cancellationToken);
        if (counts.Error is { } refused)
            return refused;
        Result<IReadOnlyList<ProxySummary>> found = await proxies.ListAsync(actor, cancellationToken);
        if (found.Error is { } error)
            return error;
        DateTimeOffset now = time.GetUtcNow();
        return new OverviewState(counts.Value, found.Value,
            [.. found.Value.Where(proxy => ProxySilence.IsSilent(proxy.LastCallAt, now)).OrderBy(proxy => proxy.LastCallAt ?? DateTimeOffset.MinValue)]);
    }

    /// <summary>From memory, so that an open page may ask every other second. True reasons: for those who may see users.</summary>
    public async Task<Result<LiveActivity>> WatchAsync(Actor actor, CancellationToken cancellationToken) =>
        await access.RequireAsync(actor, Permission.ReadUsers, "activity", cancellationToken) is { } refused ? refused
            : new LiveActivity(activity.LastHour(), await SeenAsync(actor, activity.Rejections(), cancellationToken), drops.Total > 0 ? new EventDropNote(drops.Total, drops.Since, drops.LastAt) : null);

    // Memory knows no groups: whose role is limited to some has the few that it holds looked up.
    private async Task<IReadOnlyList<RecentRejection>> SeenAsync(Actor actor, IReadOnlyList<RecentRejection> rejections, CancellationToken cancellationToken)
    {
        RoleScope scope = await access.ScopeOfAsync(actor, cancellationToken);
        if (!scope.IsLimited)
            return rejections;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<Guid> people = [.. rejections.Select(rejection => rejection.UserId).OfType<Guid>().Distinct()];
        HashSet<Guid> inside = await scope.Of(db.Users).Where(user => people.Contains(user.Id)).Select(user => user.Id).ToHashSetAsync(cancellationToken);
        return [.. rejections.Where(rejection => rejection.UserId is { } user && inside.Contains(user))];
    }
}
