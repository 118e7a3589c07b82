using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Users;

namespace ProxyPortal.Asking;

/// <summary>Everyone's own requests for groups: for groups that are open to being asked for, and about nobody else.</summary>
public sealed class GroupRequestService(IDbContextFactory<PortalDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>How many may wait at once.</summary>
    public const int MostWaiting = 10;

    private const int Shown = 20;

    public static Error TooMany { get; } = Error.Of("too_many", $"No more than {MostWaiting} of your requests may wait at once. Withdraw one first.");

    public static Error AskedAlready { get; } = new("asked_already", "You are a member of this group, or have asked for it already.", "group");

    public async Task<Result<MyRequests>> ListOwnAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Id is not { } own || actor.Token is not null)
            return AccessControl.Forbidden;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await DescribeAsync(db, own, cancellationToken);
    }

    /// <summary>Asks to become a member. Errors: <c>asked_already</c>, <c>too_many</c>, and those of the fields.</summary>
    public async Task<Result> AskAsync(Actor actor, Guid group, string? reason, int? days, CancellationToken cancellationToken)
    {
        if (actor.Id is not { } own || actor.Token is not null)
            return AccessControl.Forbidden;
        if (RequestRules.Check(reason, days) is { } fault)
            return fault;
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        User? user = await db.Users.SingleOrDefaultAsync(row => row.Id == own && row.SuspendedAt == null && row.DeletedAt == null
            && (row.ValidFrom == null || row.ValidFrom <= now) && (row.ValidUntil == null || row.ValidUntil > now), cancellationToken);
        if (user is null)
            return AccessControl.Forbidden;
        // What may not be asked for looks like what is not there.
        if (await db.Groups.SingleOrDefaultAsync(row => row.Id == group && row.MayBeAskedFor, cancellationToken) is not { } wanted)
            return GroupService.NotFound;
        IQueryable<AccessRequest> waiting = db.AccessRequests.Where(row => row.UserId == own && row.Kind == RequestKind.Group).WithStatus(RequestStatus.Waiting, now);
        if (await db.Groups.AnyAsync(row => row.Id == group && row.Users.Any(member => member.Id == own), cancellationToken) || await waiting.AnyAsync(row => row.GroupId == group, cancellationToken))
            return AskedAlready;
        if (await waiting.CountAsync(cancellationToken) >= MostWaiting)
            return TooMany;
        var request = new AccessRequest
        {
            Kind = RequestKind.Group,
            State = RequestState.Waiting,
            UserId = own,
            GroupId = group,
            Reason = reason!.Trim(),
            Days = days,
            AskedAt = now,
            EndsAt = now + RequestRules.Lifetime,
        };
        db.AccessRequests.Add(request);
        // Two clicks at once would both find nothing waiting: the second of them finds the user changed.
        user.Version++;
        audit.Add(db, actor, AuditAction.RequestMade, RequestAudit.Target(request, wanted.Name, user.UserName!), after: RequestAudit.Snapshot(request));
        return await SaveAsync(db, cancellationToken);
    }

    /// <summary>Takes back a request of one's own that waits. Errors: <c>not_found</c>, <c>not_requested</c>.</summary>
    public async Task<Result> WithdrawAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (actor.Id is not { } own || actor.Token is not null)
            return AccessControl.Forbidden;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        AccessRequest? request = await db.AccessRequests.Include(row => row.Group).SingleOrDefaultAsync(row => row.Id == id && row.UserId == own && row.Kind == RequestKind.Group, cancellationToken);
        if (request is null)
            return RequestRules.NotFound;
        if (request.State is not RequestState.Waiting)
            return RequestRules.NotWaiting;
        request.State = RequestState.Withdrawn;
        audit.Add(db, actor, AuditAction.RequestWithdrawn, RequestAudit.Target(request, request.Group!.Name, actor.Name));
        return await SaveAsync(db, cancellationToken);
    }

    internal async Task<MyRequests> DescribeAsync(PortalDbContext db, Guid user, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<RequestSummary> requests = await db.AccessRequests.Where(row => row.UserId == user && row.Kind == RequestKind.Group && row.State != RequestState.Withdrawn)
            .OrderByDescending(row => row.AskedAt).Take(Shown).Summaries(now).ToListAsync(cancellationToken);
        List<GroupOffer> offers = await db.Groups.Where(row => row.MayBeAskedFor && !row.Users.Any(member => member.Id == user))
            .OrderBy(row => row.Name).Select(row => new GroupOffer(row.Id, row.Name, row.Description)).ToListAsync(cancellationToken);
        return new MyRequests(offers, requests);
    }

    private static async Task<Result> SaveAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Result.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return RequestRules.Conflict;
        }
    }
}
