using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Users.Jobs;

namespace ProxyPortal.Users.Bulk;

/// <summary>Goes through users, some hundred in one transaction. A user whom someone else changes at that very moment is tried again alone.</summary>
internal sealed class UserBulkRun(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, Actor actor, UserBulkWords words)
{
    public const int BatchSize = 500;
    public const string Gone = "Does not exist any more.";
    private const string Raced = "Was changed by someone else at this very moment.";
    private const string TheRest = "What is listed was done; the rest was not.";
    private const int BusyAttempts = 10;

    /// <summary>What is done to each user.</summary>
    /// <param name="Change">What is read along with the users.</param>
    /// <param name="PrepareAsync">Makes the act for the users of one context.</param>
    /// <param name="TakesAccess">Whether it may keep the user from signing in.</param>
    /// <param name="Changed">Hears of each user that was saved.</param>
    private sealed record Work(
        UserBulkChange Change, Func<PortalDbContext, CancellationToken, Task<Func<User, UserBulkResult>>> PrepareAsync, Func<User, bool> TakesAccess, Action<User, UserBefore> Changed);

    public Task ChangeAsync(UserJob job, IReadOnlyList<Guid> ids, UserBulkChange change, Dictionary<Guid, UserBefore> before, CancellationToken cancellationToken)
    {
        var guard = UserBulkGuard.ForRun(actor, change);
        return RunAsync(job, ids, new Work(change, async (db, cancel) =>
        {
            Group? group = change.Group is { } named ? await db.Groups.AsNoTracking().SingleOrDefaultAsync(row => row.Id == named.Id, cancel) : null;
            if (change.Group is not null && group is null)
                throw new UserJobException($"The group was removed meanwhile. {TheRest}");
            UserBulkChange here = change with { Group = group };
            return user => guard.Check(user) ?? here.Apply(user);
        }, user => guard.Check(user) is null && change.TakesAccess(user), (user, was) =>
        {
            was.VersionAfter = user.Version;
            before[user.Id] = was;
        }), cancellationToken);
    }

    public Task UndoAsync(UserJob job, UserBulkUndo undo, CancellationToken cancellationToken) =>
        RunAsync(job, [.. undo.Users.Keys.Order()], new Work(undo.Change, async (db, cancel) =>
        {
            Dictionary<Guid, Group> groups = undo.Change.NeedsGroups ? await db.Groups.AsNoTracking().ToDictionaryAsync(group => group.Id, cancel) : [];
            return user => undo.Users[user.Id].Restore(user, undo.Change, groups);
        }, user => undo.Users[user.Id].TakesAccess(user), (_, _) => { }), cancellationToken);

    private async Task RunAsync(UserJob job, IReadOnlyList<Guid> ids, Work work, CancellationToken cancellationToken)
    {
        try
        {
            foreach (Guid[] batch in ids.Chunk(BatchSize))
            {
                // As for every write: who was demoted a second ago goes no further.
                if (await access.RequireAsync(actor, words.Needs, job.Title, cancellationToken) is { } refused)
                    throw new UserJobException($"{refused.Message} {TheRest}");
                try
                {
                    foreach (Guid alone in await PatientlyAsync(() => SaveAsync(job, batch, work, cancellationToken), cancellationToken))
                        await SaveAloneAsync(job, alone, work, cancellationToken);
                }
                catch (DbUpdateConcurrencyException)
                {
                    foreach (Guid id in batch)
                        await SaveAloneAsync(job, id, work, cancellationToken);
                }
            }
        }
        finally
        {
            await CloseAsync(job);
        }
    }

    private async Task SaveAloneAsync(UserJob job, Guid id, Work work, CancellationToken cancellationToken)
    {
        try
        {
            await PatientlyAsync(() => SaveAsync(job, [id], work, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            job.Add([new UserJobRow(id.ToString(), UserOutcome.Failed, Raced)]);
        }
    }

    private static async Task<T> PatientlyAsync<T>(Func<Task<T>> save, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await save();
            }
            catch (DatabaseBusyException) when (attempt < BusyAttempts)
            {
                // It has waited for some seconds by now.
            }
            catch (DatabaseBusyException)
            {
                throw new UserJobException($"The database was busy for too long. {TheRest}");
            }
        }
    }

    /// <returns>Administrators that have to be saved alone: whether one is the last depends on what was saved before.</returns>
    private async Task<IReadOnlyList<Guid>> SaveAsync(UserJob job, Guid[] ids, Work work, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Func<User, UserBulkResult> apply = await work.PrepareAsync(db, cancellationToken);
        UserRows users = await UserRows.ReadAsync(db, ids, work.Change.NeedsGroups, work.Change.NeedsDevices, cancellationToken);
        List<UserJobRow> rows = [.. ids.Except(users.Users.Select(user => user.Id)).Select(id => new UserJobRow(id.ToString(), UserOutcome.Failed, Gone))];
        List<(User User, UserBefore Before)> done = [];
        List<Guid> alone = [];
        foreach (User user in users.Users)
        {
            bool mayBeLast = user.Role is PortalRole.Administrator && user.DeletedAt is null && work.TakesAccess(user);
            if (mayBeLast && ids.Length > 1)
            {
                alone.Add(user.Id);
                continue;
            }
            var was = UserBefore.Of(user, work.Change);
            object before = UserAudit.Snapshot(user, work.Change.NeedsGroups);
            UserBulkResult result = mayBeLast && await LastAdministratorRule.ForbidsLosingAsync(db, user, work.Change.Now, cancellationToken)
                ? UserBulkGuard.LastAdministrator : apply(user);
            rows.Add(new UserJobRow(user.UserName!, result.Outcome, result.Message));
            if (result.Outcome is not UserOutcome.Changed)
                continue;
            audit.Add(db, actor, words.Audit, UserAudit.Target(user), before, UserAudit.Snapshot(user, work.Change.NeedsGroups));
            done.Add((user, was));
        }
        if (done.Count > 0)
        {
            await db.SaveAllOrNothingAsync(async () =>
            {
                await users.UpdateAsync(work.Change.Now, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            }, cancellationToken);
        }
        done.ForEach(one => work.Changed(one.User, one.Before));
        job.Add(rows);
        return alone;
    }

    private async Task CloseAsync(UserJob job)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(CancellationToken.None);
        audit.Add(db, actor, AuditAction.UsersChangedInBulk, new AuditTarget("users", null, job.Title), after: new
        {
            Changed = job.Count(UserOutcome.Changed),
            Unchanged = job.Count(UserOutcome.Unchanged),
            Skipped = job.Count(UserOutcome.Skipped),
            Failed = job.Count(UserOutcome.Failed),
        });
        await db.SaveChangesAsync(CancellationToken.None);
    }
}
