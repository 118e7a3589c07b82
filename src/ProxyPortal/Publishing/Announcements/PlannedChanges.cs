using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>The planned changes that readers are shown, in memory: each of an endpoint that the reader may know of.</summary>
public sealed class PlannedChanges : IPublicationFollower
{
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly AuditTrail _audit;
    private readonly TimeProvider _time;
    private volatile List<Planned> _open = [];

    internal PlannedChanges(IDbContextFactory<PortalDbContext> contexts, AuditTrail audit, TimeProvider time) => (_contexts, _audit, _time) = (contexts, audit, time);

    /// <summary>Changes whenever one of them does.</summary>
    internal object Edition => _open;

    async Task IPublicationFollower.ReloadAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        _open = await db.Announcements.AsNoTracking().Where(row => row.RetiredAt == null && row.EndpointId != null).OrderBy(row => row.EffectiveAt)
            .Select(row => new Planned(row.Id, row.EndpointName, row.Replacement!.Name, row.EndingSchemes, row.EffectiveAt, row.Comment)).ToListAsync(cancellationToken);

    /// <summary>Those of the endpoints that a reader may know of, and nothing of others.</summary>
    public IReadOnlyList<PlannedChange> Of(IReadOnlyList<ConnectEndpoint> visible) => _open.Count == 0 ? [] :
    [
        .. from planned in _open
           let endpoint = visible.FirstOrDefault(one => one.Name == planned.Endpoint)
           where endpoint is not null
           select new PlannedChange(
               planned.Id, endpoint, planned.Replacement is { } name ? visible.FirstOrDefault(one => one.Name == name) : null, [.. AuthScheme.Names(planned.EndingSchemes)], planned.EffectiveAt, planned.Comment),
    ];

    /// <summary>The same for somebody who is signed in, with what they have acknowledged.</summary>
    public async Task<IReadOnlyList<PlannedChange>> ListAsync(Actor reader, IReadOnlyList<ConnectEndpoint> visible, CancellationToken cancellationToken)
    {
        if (_open.Count == 0 || reader.Id is not { } id)
            return Of(visible);
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        return await ListAsync(db, id, visible, cancellationToken);
    }

    /// <summary>The same for a user, by whoever may look at what the user sees.</summary>
    internal async Task<IReadOnlyList<PlannedChange>> ListAsync(PortalDbContext db, Guid user, IReadOnlyList<ConnectEndpoint> visible, CancellationToken cancellationToken)
    {
        IReadOnlyList<PlannedChange> changes = Of(visible);
        if (changes.Count == 0)
            return changes;
        HashSet<Guid> read = [.. await db.Set<Acknowledgement>().Where(row => row.UserId == user).Select(row => row.AnnouncementId).ToListAsync(cancellationToken)];
        return [.. changes.Select(change => change with { IsAcknowledged = read.Contains(change.Id) })];
    }

    /// <summary>The reader knows of it, and says so. Error: <c>not_found</c>, also for what the reader may not know of.</summary>
    public async Task<Result> AcknowledgeAsync(Actor reader, Guid id, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        if (reader.Id is not { } userId || await db.Users.AsNoTracking().Include(row => row.Groups).ThenInclude(group => group.Endpoints)
            .SingleOrDefaultAsync(row => row.Id == userId && row.DeletedAt == null, cancellationToken) is not { } user)
            return AccessControl.Forbidden;
        if (Of(await ConnectService.OfAsync(db, user, cancellationToken)).FirstOrDefault(change => change.Id == id) is not { } known)
            return AnnouncementService.NotFound;
        if (await db.Set<Acknowledgement>().AnyAsync(row => row.AnnouncementId == id && row.UserId == userId, cancellationToken))
            return Result.Success;
        db.Add(new Acknowledgement { AnnouncementId = id, UserId = userId, At = _time.GetUtcNow() });
        _audit.Add(db, reader, AuditAction.AnnouncementAcknowledged, new AuditTarget("announcement", id, known.Endpoint.Name));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Caused(exception))
        {
            // Twice at once is once.
        }
        return Result.Success;
    }

    private sealed record Planned(Guid Id, string Endpoint, string? Replacement, AuthSchemes EndingSchemes, DateTimeOffset EffectiveAt, string? Comment);
}
