using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Asking;

/// <summary>Accepts and declines requests, each with a word. What is granted for a time ends by itself.</summary>
public sealed class RequestDecisionService
{
    /// <summary>The most requests that are decided in one act.</summary>
    public const int LargestDecision = 200;

    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly AccessControl _access;
    private readonly RequestGrants _grants;
    private readonly AuditTrail _audit;
    private readonly TimeProvider _time;

    internal RequestDecisionService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, RequestGrants grants, AuditTrail audit, TimeProvider time) =>
        (_contexts, _access, _grants, _audit, _time) = (contexts, access, grants, audit, time);

    /// <summary>Makes the asker a member, or gives them an account. Errors: <c>not_found</c>, <c>not_requested</c>, <c>request_lapsed</c>.</summary>
    public Task<Result> AcceptAsync(Actor actor, Guid id, string? reason, CancellationToken cancellationToken) => DecideAsync(actor, id, true, reason, cancellationToken);

    /// <summary>Turns it down; the asker reads the reason. Errors: <c>not_found</c>, <c>not_requested</c>, <c>reason_required</c>.</summary>
    public Task<Result> DeclineAsync(Actor actor, Guid id, string? reason, CancellationToken cancellationToken) => DecideAsync(actor, id, false, reason, cancellationToken);

    /// <summary>Decides many, each for itself: one that cannot be decided leaves the others alone.</summary>
    public async Task<Result<IReadOnlyList<RequestOutcome>>> DecideAsync(Actor actor, IReadOnlyList<Guid> ids, bool accept, string? reason, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.EditUsers, "requests", cancellationToken) is { } refused)
            return refused;
        if (ids.Count is 0 or > LargestDecision)
            return Error.Of("ids_invalid", $"Name 1 to {LargestDecision} requests.", "ids");
        if (RequestRules.Check(reason, null, isReasonRequired: !accept) is { } fault)
            return fault;
        var outcomes = new List<RequestOutcome>();
        foreach (Guid id in ids.Distinct())
            outcomes.Add(new RequestOutcome(id, (await DecideAsync(actor, id, accept, reason, cancellationToken)).Error));
        return outcomes;
    }

    private async Task<Result> DecideAsync(Actor actor, Guid id, bool accept, string? reason, CancellationToken cancellationToken)
    {
        // To decide about membership is to edit a user, as it is elsewhere.
        if (await _access.RequireAsync(actor, Permission.EditUsers, id.ToString(), cancellationToken) is { } refused)
            return refused;
        if (RequestRules.Check(reason, null, isReasonRequired: !accept) is { } fault)
            return fault;
        DateTimeOffset now = _time.GetUtcNow();
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        AccessRequest? request = await (await RequestService.VisibleAsync(db, _access, actor, cancellationToken)).Include(row => row.User).Include(row => row.Group)
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (request is null)
            return RequestRules.NotFound;
        if (request.State is not RequestState.Waiting)
            return RequestRules.NotWaiting;
        if (accept && request.EndsAt <= now)
            return RequestRules.Lapsed;
        object before = RequestAudit.Snapshot(request);
        string who = request.User?.UserName ?? request.Mail!;
        (request.State, request.DecidedAt, request.DecidedBy) = (accept ? RequestState.Accepted : RequestState.Declined, now, actor.Name);
        request.DecisionReason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if (await (accept ? _grants.GrantAsync(db, actor, request, now, cancellationToken) : _grants.DeclineAsync(db, request)) is { } impossible)
            return impossible;
        _audit.Add(db, actor, accept ? AuditAction.RequestAccepted : AuditAction.RequestDeclined, RequestAudit.Target(request, request.Group?.Name, who), before, RequestAudit.Snapshot(request));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Result.Success;
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || UniqueViolation.Caused(exception))
        {
            return RequestRules.Conflict;
        }
    }
}
