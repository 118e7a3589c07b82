using Microsoft.EntityFrameworkCore;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Access;

/// <summary>
/// Asked by every service before it does anything; pages only hide. A write looks the account up anew, so that one who was demoted or
/// suspended a second ago, or whose time is over, can write nothing, whatever an open page still believes.
/// </summary>
public sealed class AccessControl(IDbContextFactory<PortalDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    public static Error Forbidden { get; } = new("forbidden", "Your role does not allow this. Ask an administrator.");

    /// <summary>For reading: the role in the actor's claims, at most a minute old, decides.</summary>
    public async Task<Error?> RequireAsync(Actor actor, Permission permission, string target, CancellationToken cancellationToken)
    {
        if (actor.Role.Has(permission) && (IsRead(permission) || await HoldsNowAsync(actor, permission, cancellationToken)))
            return null;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        audit.Add(db, actor, AuditAction.Refused, new AuditTarget("permission", null, $"{permission} {target}"));
        await db.SaveChangesAsync(cancellationToken);
        return Forbidden;
    }

    private static bool IsRead(Permission permission) =>
        permission is Permission.ReadUsers or Permission.ReadProxies or Permission.ReadAudit or Permission.ReadSettings;

    private async Task<bool> HoldsNowAsync(Actor actor, Permission permission, CancellationToken cancellationToken)
    {
        if (actor.Id is null)
            return actor == Actor.Portal;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        PortalRole role = await db.Users.Where(user => user.Id == actor.Id && user.SuspendedAt == null && user.DeletedAt == null
                && (user.ValidFrom == null || user.ValidFrom <= now) && (user.ValidUntil == null || user.ValidUntil > now))
            .Select(user => user.Role).SingleOrDefaultAsync(cancellationToken);
        return role.Has(permission);
    }
}
