using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Asking;

/// <summary>The queue of those who decide: who asks, for what, why and for how long.</summary>
public sealed class RequestService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, TimeProvider time)
{
    /// <summary>A page, those first that lapse first. Errors: <c>search_too_long</c>.</summary>
    public async Task<Result<PageOf<RequestSummary>>> ListAsync(Actor actor, RequestQuery query, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, "requests", cancellationToken) is { } refused)
            return refused;
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<AccessRequest> requests = await VisibleAsync(db, access, actor, cancellationToken);
        if (query.Kind is { } kind)
            requests = requests.Where(request => request.Kind == kind);
        if (query.Status is { } status)
            requests = requests.WithStatus(status, now);
        Result<IQueryable<AccessRequest>> found = requests.Search(query.Search);
        if (found.Error is { } error)
            return error;
        IOrderedQueryable<AccessRequest> ordered = query.Status is RequestStatus.Waiting ? found.Value.OrderBy(request => request.EndsAt) : found.Value.OrderByDescending(request => request.AskedAt);
        return new PageOf<RequestSummary>(
            await ordered.ThenBy(request => request.Id).AtPage(query.Page, query.PageSize, RequestQuery.LargestPage).Summaries(now).ToListAsync(cancellationToken),
            await found.Value.CountAsync(cancellationToken));
    }

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<RequestSummary>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (await VisibleAsync(db, access, actor, cancellationToken)).Where(request => request.Id == id).Summaries(time.GetUtcNow()).SingleOrDefaultAsync(cancellationToken) is { } found
            ? found : RequestRules.NotFound;
    }

    /// <summary>The requests that are there for the actor: confirmed, and of users to whom the role is not closed. Who has no account yet belongs to nobody's part.</summary>
    internal static async Task<IQueryable<AccessRequest>> VisibleAsync(PortalDbContext db, AccessControl access, Actor actor, CancellationToken cancellationToken)
    {
        RoleScope scope = await access.ScopeOfAsync(actor, cancellationToken);
        IQueryable<AccessRequest> confirmed = db.AccessRequests.Where(request => request.State != RequestState.Unconfirmed && (request.User == null || request.User.DeletedAt == null));
        if (!scope.IsLimited)
            return confirmed;
        IQueryable<User> inside = scope.Of(db.Users);
        return confirmed.Where(request => request.Kind == RequestKind.Group && inside.Any(user => user.Id == request.UserId));
    }
}
