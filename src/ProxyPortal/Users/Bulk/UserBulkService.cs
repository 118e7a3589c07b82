using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Users.Jobs;

namespace ProxyPortal.Users.Bulk;

/// <summary>
/// Changes many users at once: counted first, then done in the background in short transactions, each with its audit entries, so that other
/// writers and verification are not held up. A user who may not be changed is left alone and named with the reason.
/// </summary>
public sealed class UserBulkService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, UserJobs jobs, TimeProvider time)
{
    private const int SampleSize = 10;

    /// <summary>What the change would do now. Errors: <c>ids_invalid</c>, <c>filter_missing</c>, <c>days_invalid</c>, <c>validUntil_invalid</c>, <c>group_unknown</c>, <c>tags_invalid</c>,
    /// <c>search_too_long</c>.</summary>
    public async Task<Result<UserBulkPreview>> PreviewAsync(Actor actor, UserBulkRequest request, CancellationToken cancellationToken)
    {
        UserBulkWords words = UserBulkWords.Of(request.Action);
        if (await access.RequireAsync(actor, words.Needs, $"bulk {request.Action}", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Result<UserBulkChange> change = await ReadAsync(db, request, cancellationToken);
        if (change.Error is { } error)
            return error;
        Result<List<Guid>> ids = await FindAsync(db, actor, request, cancellationToken);
        if (ids.Error is { } unfound)
            return unfound;
        UserBulkGuard guard = await UserBulkGuard.ForPreviewAsync(db, actor, change.Value, cancellationToken);
        List<string> sample = [];
        Dictionary<string, int> skips = new(StringComparer.Ordinal);
        int changes = 0;
        foreach (Guid[] batch in ids.Value.Chunk(UserBulkRun.BatchSize))
        {
            IReadOnlyList<User> users = (await UserRows.ReadAsync(db, batch, change.Value.NeedsGroups, change.Value.NeedsDevices, cancellationToken)).Users;
            foreach (User user in users)
            {
                UserBulkResult result = guard.Foresee(user) ?? change.Value.Apply(user);
                if (result.Outcome is UserOutcome.Changed && changes++ < SampleSize)
                    sample.Add(user.UserName!);
                if (result.Message is { } reason)
                    skips[reason] = skips.GetValueOrDefault(reason) + 1;
            }
            if (batch.Length > users.Count)
                skips[UserBulkRun.Gone] = skips.GetValueOrDefault(UserBulkRun.Gone) + batch.Length - users.Count;
        }
        return new UserBulkPreview(ids.Value.Count, changes, sample, [.. skips.OrderByDescending(skip => skip.Value).Select(skip => new UserBulkSkip(skip.Key, skip.Value))]);
    }

    /// <summary>Starts the change in the background. Errors as in <see cref="PreviewAsync"/>, and <c>conflict</c> when other users match than the preview counted.</summary>
    public async Task<Result<UserJob>> StartAsync(Actor actor, UserBulkRequest request, CancellationToken cancellationToken)
    {
        UserBulkWords words = UserBulkWords.Of(request.Action);
        if (await access.RequireAsync(actor, words.Needs, $"bulk {request.Action}", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Result<UserBulkChange> change = await ReadAsync(db, request, cancellationToken);
        if (change.Error is { } error)
            return error;
        Result<List<Guid>> ids = await FindAsync(db, actor, request, cancellationToken);
        if (ids.Error is { } unfound)
            return unfound;
        if (request.Expected is { } expected && expected != ids.Value.Count)
            return new Error("conflict", $"Meanwhile {ids.Value.Count} users match, not {expected}. Look at the preview again.");
        var run = new UserBulkRun(contexts, access, audit, actor, words);
        return jobs.Start(actor, words.For(ids.Value.Count), ids.Value.Count, async (job, stop) =>
        {
            Dictionary<Guid, UserBefore> before = [];
            await run.ChangeAsync(job, ids.Value, change.Value, before, stop);
            job.Undo = before.Count > 0 ? new UserBulkUndo(change.Value, before) : null;
        });
    }

    /// <summary>Takes a job of this actor back: users who were changed since stay as they are. Errors: <c>not_found</c>, <c>undo_over</c>.</summary>
    public async Task<Result<UserJob>> UndoAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        UserJob? job = jobs.Find(actor, id);
        if (await access.RequireAsync(actor, job?.Undo is UserBulkUndo asked ? UserBulkWords.Of(asked.Change.Request.Action).Needs : Permission.HelpUsers, "bulk undo", cancellationToken) is { } refused)
            return refused;
        if (job is null)
            return UserJobs.NotFound;
        if (!job.CanUndo || job.Undo is not UserBulkUndo undo)
            return new Error("undo_over", "This was undone already, or there is nothing to undo.");
        job.Undo = null;
        var run = new UserBulkRun(contexts, access, audit, actor, UserBulkWords.Of(undo.Change.Request.Action) with { Audit = AuditAction.UserChanged });
        return jobs.Start(actor, $"Undo: {job.Title}", undo.Users.Count, (undoing, stop) => run.UndoAsync(undoing, undo, stop));
    }

    private async Task<Result<UserBulkChange>> ReadAsync(PortalDbContext db, UserBulkRequest request, CancellationToken cancellationToken)
    {
        Group? group = null;
        if (request.Action is UserBulkAction.AddToGroup or UserBulkAction.RemoveFromGroup or UserBulkAction.MoveToGroup)
        {
            group = await db.Groups.AsNoTracking().SingleOrDefaultAsync(row => row.Name == request.Group, cancellationToken);
            if (group is null)
                return new Error("group_unknown", "Choose one of the groups.", "group");
        }
        if (request.Action is UserBulkAction.ShiftExpiry && request.Days is null or 0 or < -MostDays or > MostDays)
            return new Error("days_invalid", $"Give a number of days from -{MostDays} to {MostDays}, but not 0.", "days");
        if (request.Action is UserBulkAction.SetExpiry && UserInputRules.Check(new UserInput { ValidUntil = request.ValidUntil }) is { } date)
            return date;
        if (request.Action is not (UserBulkAction.AddTag or UserBulkAction.RemoveTag))
            return new UserBulkChange(request, group, time.GetUtcNow());
        Result<IReadOnlyList<string>> tag = UserTags.Fold([request.Tag ?? ""]);
        return tag.Error is { } fault ? fault with { Field = "tag" } : new UserBulkChange(request with { Tag = tag.Value[0] }, group, time.GetUtcNow());
    }

    private const int MostDays = 3650;

    private async Task<Result<List<Guid>>> FindAsync(PortalDbContext db, Actor actor, UserBulkRequest request, CancellationToken cancellationToken)
    {
        RoleScope scope = await access.ScopeOfAsync(actor, cancellationToken);
        if (request.Ids is { } ids)
        {
            if (request.Filter is not null || ids.Count is 0 or > UserBulkRequest.MostIds)
                return new Error("ids_invalid", $"Give either 1 to {UserBulkRequest.MostIds} ids, or a filter.", "ids");
            // Whom the role does not reach is not there; told like one who is gone.
            return scope.IsLimited ? await scope.Of(db.Users).Where(user => ids.Contains(user.Id)).OrderBy(user => user.Id).Select(user => user.Id).ToListAsync(cancellationToken) : ids.Distinct().Order().ToList();
        }
        if (request.Filter is not { } filter)
            return new Error("filter_missing", "Say which users are meant: by ids, or by a filter.", "filter");
        Result<IQueryable<User>> found = scope.Of(db.Users).Matching(filter, await IdleRules.LoadAsync(db, cancellationToken), time.GetUtcNow());
        return found.Error is { } error ? error : await found.Value.OrderBy(user => user.Id).Select(user => user.Id).ToListAsync(cancellationToken);
    }
}
