using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Audit;

/// <summary>What an entry is about.</summary>
public sealed record AuditTarget(string Kind, Guid? Id, string Name);

/// <summary>Writes audit entries into the transaction of the change itself, and reads them.</summary>
/// <param name="contexts">The database.</param>
/// <param name="time">The clock.</param>
/// <param name="access">Asked before reading; it writes its refusals here, so each needs the other.</param>
public sealed class AuditTrail(IDbContextFactory<PortalDbContext> contexts, TimeProvider time, Lazy<AccessControl> access)
{
    public const int LargestPage = 200;

    /// <summary>Adds an entry to <paramref name="db"/>, to be saved with the change it tells of. Of <paramref name="before"/> and
    /// <paramref name="after"/> (records without secrets) only what differs is kept.</summary>
    public void Add(PortalDbContext db, Actor actor, string action, AuditTarget target, object? before = null, object? after = null)
    {
        (string? was, string? became) = AuditDifference.Of(before, after);
        db.AuditEntries.Add(new AuditEntry
        {
            At = time.GetUtcNow(),
            ActorId = actor.Id,
            ActorName = Clip(actor.Name),
            Address = actor.Address?.ToString(),
            Action = action,
            TargetKind = target.Kind,
            TargetId = target.Id,
            TargetName = Clip(target.Name),
            Before = was,
            After = became,
        });
    }

    /// <summary>Writes an entry that stands alone: a sign-in, a refusal.</summary>
    public async Task WriteAsync(Actor actor, string action, AuditTarget target, object? after = null, CancellationToken cancellationToken = default)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Add(db, actor, action, target, after: after);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>A page of entries, newest first. Errors: <c>search_too_long</c>.</summary>
    public async Task<Result<PageOf<AuditEntry>>> ListAsync(Actor actor, AuditQuery query, CancellationToken cancellationToken)
    {
        if (await access.Value.RequireAsync(actor, Permission.ReadAudit, "list", cancellationToken) is { } refused)
            return refused;
        RoleScope scope = await access.Value.ScopeOfAsync(actor, cancellationToken);
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Result<IQueryable<AuditEntry>> entries = db.Matching(query);
        if (entries.Error is { } fault)
            return fault;
        IQueryable<AuditEntry> seen = scope.Of(entries.Value, db.Users);
        return new PageOf<AuditEntry>(
            await seen.OrderByDescending(entry => entry.Id).AtPage(query.Page, query.PageSize, LargestPage).ToListAsync(cancellationToken),
            await seen.CountAsync(cancellationToken));
    }

    private static string Clip(string name) => name.Length <= 256 ? name : name[..256];
}
