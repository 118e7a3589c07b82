using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Proxies;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>Planned changes of endpoints: announced, watched, and carried out when nobody needs the old way any more or its time has come.</summary>
public sealed class AnnouncementService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, TimeProvider time)
{
    public const int MostUsers = 500;

    public static Error NotFound { get; } = new("not_found", "There is no such announcement.");

    public static Error Conflict { get; } = new("conflict", "Someone else changed this announcement meanwhile. Look at the new state and try again.");

    private static readonly Error Over = new("announcement_over", "This change has been carried out: there is nothing left to do.");

    /// <summary>All of them, those that are still ahead first.</summary>
    public async Task<Result<IReadOnlyList<AnnouncementDetail>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadPublications, "announcements", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new List<AnnouncementDetail>();
        foreach (Announcement row in await Rows(db).AsNoTracking().OrderBy(row => row.RetiredAt != null).ThenBy(row => row.EffectiveAt).ToListAsync(cancellationToken))
            found.Add(await DescribeAsync(db, row, cancellationToken));
        return found;
    }

    public async Task<Result<AnnouncementDetail>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadPublications, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Rows(db).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } found ? await DescribeAsync(db, found, cancellationToken) : NotFound;
    }

    /// <summary>Those of whom the actor may hear who still go the old way, the latest first, at most <see cref="MostUsers"/>.</summary>
    public async Task<Result<IReadOnlyList<OldWayUser>>> ListUsersAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Rows(db).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } found)
            return NotFound;
        if (found.EndpointId is not { } endpoint)
            return Array.Empty<OldWayUser>();
        DateTimeOffset since = time.GetUtcNow() - EndpointUse.StillUses;
        RoleScope scope = await access.ScopeOfAsync(actor, cancellationToken);
        var old = await scope.Of(EndpointUse.Of(db, endpoint, found.EndingSchemes, since), db.Users).GroupBy(one => one.UserId!.Value).Select(group => new { Id = group.Key, Last = group.Max(one => one.LastAt) })
            .OrderByDescending(row => row.Last).Take(MostUsers).ToListAsync(cancellationToken);
        Guid[] ids = [.. old.Select(row => row.Id)];
        Dictionary<Guid, DateTimeOffset> fresh = await NewWay(db, found, since).Where(one => ids.Contains(one.UserId!.Value))
            .GroupBy(one => one.UserId!.Value).Select(group => new { Id = group.Key, Last = group.Max(one => one.LastAt) }).ToDictionaryAsync(row => row.Id, row => row.Last, cancellationToken);
        var users = await db.Users.AsNoTracking().Where(user => ids.Contains(user.Id) && user.DeletedAt == null).Select(user => new { user.Id, user.UserName, user.DisplayName }).ToDictionaryAsync(user => user.Id, cancellationToken);
        Dictionary<Guid, DateTimeOffset> read = await db.Set<Acknowledgement>().Where(row => row.AnnouncementId == id).ToDictionaryAsync(row => row.UserId, row => row.At, cancellationToken);
        return old.Where(row => users.ContainsKey(row.Id)).Select(row => new OldWayUser(
            row.Id, users[row.Id].UserName!, users[row.Id].DisplayName, row.Last, fresh.TryGetValue(row.Id, out DateTimeOffset last) ? last : null, read.TryGetValue(row.Id, out DateTimeOffset at) ? at : null)).ToArray();
    }

    /// <summary>Announces a change. Groups and devices that name the old endpoint may use the new one from now on. Errors name <c>endpoint</c>, <c>replacement</c>, <c>endingSchemes</c>,
    /// <c>effectiveAt</c> or <c>comment</c>.</summary>
    public async Task<Result<Guid>> AnnounceAsync(Actor actor, AnnouncementInput input, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditPublications, "new announcement", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Result<Announcement> read = await new AnnouncementReading(db, time.GetUtcNow()).ReadAsync(input, cancellationToken);
        if (read.Error is { } fault)
            return fault;
        Announcement row = read.Value;
        db.Announcements.Add(row);
        await OldWay.OpenNewAsync(db, row, cancellationToken);
        audit.Add(db, actor, AuditAction.ChangeAnnounced, Target(row), after: Snapshot(row));
        return await SaveAsync(db, cancellationToken) is { } error ? error : row.Id;
    }

    /// <summary>Changes date, comment and whether it is carried out by itself.</summary>
    public Task<Result> ChangeAsync(Actor actor, Guid id, AnnouncementInput input, long version, CancellationToken cancellationToken) => UpdateAsync(actor, id, version, (db, row) =>
    {
        if (AnnouncementReading.CheckWords(input, time.GetUtcNow()) is { } fault)
            return Task.FromResult<Error?>(fault);
        object before = Snapshot(row);
        (row.EffectiveAt, row.Comment, row.RetiresByItself) = (input.EffectiveAt!.Value, AnnouncementReading.TextOrNull(input.Comment), input.RetiresByItself);
        audit.Add(db, actor, AuditAction.AnnouncementChanged, Target(row), before, Snapshot(row));
        return Task.FromResult<Error?>(null);
    }, cancellationToken);

    /// <summary>Takes it back: the old way stays. What was opened to groups and devices stays open.</summary>
    public Task<Result> WithdrawAsync(Actor actor, Guid id, CancellationToken cancellationToken) => UpdateAsync(actor, id, null, (db, row) =>
    {
        db.Announcements.Remove(row);
        audit.Add(db, actor, AuditAction.AnnouncementWithdrawn, Target(row), before: Snapshot(row));
        return Task.FromResult<Error?>(null);
    }, cancellationToken);

    /// <summary>Tells those once more who still go the old way.</summary>
    public Task<Result> RemindAsync(Actor actor, Guid id, CancellationToken cancellationToken) => UpdateAsync(actor, id, null, async (db, row) =>
    {
        int count = await EndpointUse.Still(db, row, time.GetUtcNow()).CountAsync(cancellationToken);
        if (count == 0)
            return new Error("nobody_left", "Nobody has gone the old way for seven days: there is nobody to remind.");
        audit.Add(db, actor, AuditAction.AnnouncementReminded, Target(row), after: new { Reminded = count });
        return null;
    }, cancellationToken);

    /// <summary>Carries it out: the old way ends for everyone, at once. Error: <c>endpoint_in_use</c> where a group may use nothing else.</summary>
    public Task<Result> CarryOutAsync(Actor actor, Guid id, CancellationToken cancellationToken) => UpdateAsync(actor, id, null, async (db, row) =>
    {
        if (await OldWay.EndAsync(db, row, cancellationToken) is { } fault)
            return fault;
        row.RetiredAt = time.GetUtcNow();
        audit.Add(db, actor, AuditAction.AnnouncementCarriedOut, Target(row), before: Snapshot(row));
        return null;
    }, cancellationToken);

    /// <summary>Carries out what was to be carried out by itself and is due. What cannot be is tried again the next time.</summary>
    internal async Task CarryOutDueAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<Guid> due;
        await using (PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken))
            due = await db.Announcements.Where(row => row.RetiresByItself && row.RetiredAt == null && row.EffectiveAt <= now).Select(row => row.Id).ToListAsync(cancellationToken);
        foreach (Guid id in due)
            await CarryOutAsync(Actor.Portal, id, cancellationToken);
    }

    private async Task<Result> UpdateAsync(Actor actor, Guid id, long? version, Func<PortalDbContext, Announcement, Task<Error?>> change, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditPublications, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Rows(db).SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } found)
            return NotFound;
        if (found.RetiredAt is not null)
            return Over;
        if (version is { } expected && found.Version != expected)
            return Conflict;
        return await change(db, found) is { } error ? error : await SaveAsync(db, cancellationToken) is { } conflict ? conflict : Result.Success;
    }

    private static async Task<Error?> SaveAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Conflict;
        }
    }

    private async Task<AnnouncementDetail> DescribeAsync(PortalDbContext db, Announcement row, CancellationToken cancellationToken)
    {
        var counts = new AnnouncementCounts(
            await EndpointUse.Told(db, row).CountAsync(cancellationToken), await db.Set<Acknowledgement>().CountAsync(one => one.AnnouncementId == row.Id, cancellationToken),
            await EndpointUse.Still(db, row, time.GetUtcNow()).CountAsync(cancellationToken));
        return new AnnouncementDetail(
            row.Id, row.EndpointName, row.Replacement?.Name, [.. AuthScheme.Names(row.EndingSchemes)], row.EffectiveAt, row.Comment, row.RetiresByItself, row.CreatedAt, row.RetiredAt,
            row.Endpoint is { } old ? Way(old, old.Schemes) : null,
            row.Replacement is { } next ? Way(next, next.Schemes) : row is { Endpoint: { } same, EndingSchemes: not AuthSchemes.None } ? Way(same, same.Schemes & ~row.EndingSchemes) : null,
            counts, row.Version);
    }

    private static AnnouncedWay Way(ProxyEndpoint endpoint, AuthSchemes schemes) => new(endpoint.Address, [.. AuthScheme.InOrder(schemes, endpoint.SchemeOrder)]);

    // The other endpoint, or another scheme at the same.
    private static IQueryable<Verification.Events.VerificationEvent> NewWay(PortalDbContext db, Announcement row, DateTimeOffset since) =>
        row.ReplacementId is { } replacement ? EndpointUse.Of(db, replacement, AuthSchemes.None, since)
            : row.EndingSchemes is AuthSchemes.None ? db.VerificationEvents.Where(_ => false)
            : EndpointUse.Of(db, row.EndpointId!.Value, ~row.EndingSchemes, since);

    private static IQueryable<Announcement> Rows(PortalDbContext db) => db.Announcements.Include(row => row.Endpoint).Include(row => row.Replacement);

    private static AuditTarget Target(Announcement row) => new("announcement", row.Id, row.EndpointName);

    private static object Snapshot(Announcement row) => new
    {
        Endpoint = row.EndpointName,
        Replacement = row.Replacement?.Name,
        EndingSchemes = AuthScheme.Names(row.EndingSchemes),
        row.EffectiveAt,
        row.Comment,
        row.RetiresByItself,
    };
}
