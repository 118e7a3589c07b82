using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Components.Theme;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Overview.Needs;

/// <summary>Puts together what waits for a person.</summary>
public sealed class NeedsService(IDbContextFactory<PortalDbContext> contexts, IEnumerable<INeedSource> sources, AccessControl access, TimeProvider time)
{
    /// <summary>The most pressing first; of each kind only what the actor may see.</summary>
    public async Task<Result<IReadOnlyList<Need>>> FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, "needs", cancellationToken) is { } refused)
            return refused;
        DateTimeOffset now = time.GetUtcNow();
        RoleScope scope = await access.ScopeOfAsync(actor, cancellationToken);
        var needs = new List<Need>();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (INeedSource source in sources.Where(source => actor.May(source.Needs)))
        {
            if (await source.FindAsync(db, scope, now, cancellationToken) is { } need)
                needs.Add(need);
        }
        return needs.OrderBy(need => need.Tone is not StatusTone.Wrong).ToArray();
    }
}
