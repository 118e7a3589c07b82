using Microsoft.EntityFrameworkCore;
using ProxyPortal.Account.Sessions;
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

    /// <summary>What is done to credentials of others, or makes new ones, asks a person for a recent proof: an open browser is not enough.</summary>
    public static Error ProofTooOld { get; } = new("proof_too_old", "Confirm it is you first: your last sign-in is more than five minutes ago.");

    /// <summary>Whether the person proved minutes ago to be the owner of the account. A program's token is its proof.</summary>
    public Error? RequireProof(Actor actor) =>
        actor.Token is not null || actor == Actor.Portal || SessionRules.IsFresh(actor.ProvedAt, time.GetUtcNow()) ? null : ProofTooOld;

    /// <summary>For reading, the role in the actor's claims, at most a minute old, decides.</summary>
    public async Task<Error?> RequireAsync(Actor actor, Permission permission, string target, CancellationToken cancellationToken)
    {
        if (actor.May(permission) && (permission.IsRead() || await HoldsNowAsync(actor, permission, cancellationToken)))
            return null;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        audit.Add(db, actor, AuditAction.Refused, new AuditTarget("permission", null, $"{permission} {target}"));
        await db.SaveChangesAsync(cancellationToken);
        return Forbidden;
    }

    /// <summary>Whom the actor sees and touches. Looked up anew each time: a role that was limited a second ago is.</summary>
    public async Task<RoleScope> ScopeOfAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Id is null || actor.Role is PortalRole.Administrator)
            return RoleScope.Everyone;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<Guid>? groups = await db.Users.Where(user => user.Id == actor.Id).Select(user => user.RoleGroups).SingleOrDefaultAsync(cancellationToken);
        return groups is { Count: > 0 } ? RoleScope.MembersOf(groups) : RoleScope.Everyone;
    }

    private async Task<bool> HoldsNowAsync(Actor actor, Permission permission, CancellationToken cancellationToken)
    {
        // A token was looked up for this very call.
        if (actor.Id is null)
            return actor.Token is not null || actor == Actor.Portal;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        PortalRole role = await db.Users.Where(user => user.Id == actor.Id && user.SuspendedAt == null && user.DeletedAt == null
                && (user.ValidFrom == null || user.ValidFrom <= now) && (user.ValidUntil == null || user.ValidUntil > now))
            .Select(user => user.Role).SingleOrDefaultAsync(cancellationToken);
        return role.Has(permission);
    }
}
