using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Users;

/// <summary>Begins the access that lasts for some days from its first use on. An end that was given as well still holds if it comes earlier.</summary>
internal sealed class FirstUses(IDbContextFactory<PortalDbContext> contexts, AuditTrail audit) : IFirstUseFollower
{
    public async Task FollowAsync(IReadOnlyCollection<KeyValuePair<Guid, long>> firstUses, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. firstUses.Select(use => use.Key)];
        if (ids.Count == 0)
            return;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<User> beginning = await db.Users.Where(user => ids.Contains(user.Id) && user.DaysFromFirstUse != null).ToListAsync(cancellationToken);
        if (beginning.Count == 0)
            return;
        Dictionary<Guid, long> moments = new(firstUses);
        foreach (User user in beginning)
        {
            object before = UserAudit.Snapshot(user, withGroups: false);
            DateTimeOffset end = new DateTimeOffset(moments[user.Id], TimeSpan.Zero).AddDays(user.DaysFromFirstUse!.Value);
            user.ValidUntil = user.ValidUntil < end ? user.ValidUntil : end;
            user.DaysFromFirstUse = null;
            audit.Add(db, Actor.Portal, AuditAction.UserChanged, UserAudit.Target(user), before, UserAudit.Snapshot(user, withGroups: false));
        }
        await db.SaveChangesAsync(cancellationToken);
    }
}
