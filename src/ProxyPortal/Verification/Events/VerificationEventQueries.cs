using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;

namespace ProxyPortal.Verification.Events;

/// <summary>Filters of the stored events; null = any.</summary>
/// <param name="User">A user-id, a login name such as <c>alice+laptop</c>, or an unknown name exactly as it was typed.</param>
/// <param name="Code">A code of the contract; <c>ok</c> = accepted.</param>
/// <param name="Since">Events that ended at this time or later.</param>
/// <param name="Until">Events that began before.</param>
/// <param name="Page">Counts from 0.</param>
/// <param name="PageSize">At most <see cref="VerificationEventQueries.LargestPage"/>.</param>
public sealed record VerificationEventQuery(string? User = null, string? Code = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null, int Page = 0, int PageSize = 50);

/// <summary>The events that an id of an answer may belong to.</summary>
/// <param name="IsExact">It is the first or the last of its event; otherwise it lies between them, and these are the events of its moment.</param>
/// <param name="Events">Latest first.</param>
public sealed record FoundEvents(bool IsExact, IReadOnlyList<VerificationEvent> Events);

/// <summary>Reads the stored events, with the true reasons: for those who may see them, and for everyone about themselves.</summary>
public sealed class VerificationEventQueries(IDbContextFactory<PortalDbContext> contexts, AccessControl access, LoginMask mask, TimeProvider time)
{
    public const int LargestPage = 200;

    // No event lasts longer.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>A page of events, newest first. Errors: <c>code_unknown</c>.</summary>
    public async Task<Result<PageOf<VerificationEvent>>> ListAsync(Actor actor, VerificationEventQuery query, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadEvents, "verifications", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<VerificationEvent> events = (await access.ScopeOfAsync(actor, cancellationToken)).Of(db.VerificationEvents.AsNoTracking(), db.Users);
        return await PageAsync(query.User is null ? events : await OfLoginAsync(db, events, query.User, cancellationToken), query, cancellationToken);
    }

    /// <summary>The actor's own events, newest first. Errors: <c>code_unknown</c>.</summary>
    public async Task<Result<PageOf<VerificationEvent>>> ListOwnAsync(Actor actor, VerificationEventQuery query, CancellationToken cancellationToken)
    {
        if (actor.Id is not { } own)
            return AccessControl.Forbidden;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await PageAsync(db.VerificationEvents.AsNoTracking().Where(one => one.UserId == own), query, cancellationToken);
    }

    /// <summary>The event of an id that stands in an answer, and so in the proxy's log. Errors: <c>id_invalid</c>.</summary>
    public async Task<Result<FoundEvents>> FindAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadEvents, "verifications", cancellationToken) is { } refused)
            return refused;
        if (!VerificationId.TryParse(id, out VerificationId wanted))
            return new Error("id_invalid", $"An id has {VerificationId.Length} characters, as in the answers and in the proxy's log.", "id");
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        byte[] bytes = wanted.ToBytes();
        // An id knows its millisecond, an event its tick; and folds are put together from several places.
        DateTimeOffset at = wanted.At;
        DateTimeOffset end = at.AddMilliseconds(1);
        DateTimeOffset start = at <= DateTimeOffset.MinValue + Longest ? at : at - Longest;
        List<VerificationEvent> around = await (await access.ScopeOfAsync(actor, cancellationToken)).Of(db.VerificationEvents.AsNoTracking(), db.Users)
            .Where(one => one.Id == bytes || (one.FirstAt >= start && one.FirstAt < end && one.LastAt >= at)).OrderByDescending(one => one.FirstAt).Take(LargestPage).ToListAsync(cancellationToken);
        List<VerificationEvent> exact = [.. around.Where(one => one.Id.AsSpan().SequenceEqual(bytes) || one.LastId.AsSpan().SequenceEqual(bytes))];
        return exact.Count > 0 ? new FoundEvents(true, exact) : new FoundEvents(false, [.. around.Where(one => one.Count > 1)]);
    }

    /// <summary>How many verifications ended how within <paramref name="window"/>, from the sums, which outlive the single events.</summary>
    public async Task<Result<IReadOnlyDictionary<RejectionReason, long>>> CountReasonsAsync(Actor actor, TimeSpan window, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadEvents, "outcomes", cancellationToken) is { } refused)
            return refused;
        DateTimeOffset since = time.GetUtcNow() - window;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.VerificationRollups.AsNoTracking().Where(rollup => rollup.Span == RollupSpan.Hour && rollup.Start > since)
            .GroupBy(rollup => rollup.Reason).Select(group => new { group.Key, Count = group.Sum(rollup => rollup.Count) })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }

    private static async Task<Result<PageOf<VerificationEvent>>> PageAsync(IQueryable<VerificationEvent> events, VerificationEventQuery query, CancellationToken cancellationToken)
    {
        if (query.Code is { } code)
        {
            if (!RejectionReasons.TryParse(code, out RejectionReason reason))
                return new Error("code_unknown", "That is no reason code; ok stands for accepted.", "code");
            events = events.Where(one => one.Reason == reason);
        }
        if (query.Since is { } since)
            events = events.Where(one => one.LastAt >= since && one.FirstAt >= (since < DateTimeOffset.MinValue + Longest ? since : since - Longest));
        if (query.Until is { } until)
            events = events.Where(one => one.FirstAt < until);
        return new PageOf<VerificationEvent>(
            await events.OrderByDescending(one => one.FirstAt).ThenBy(one => one.Id).AtPage(query.Page, query.PageSize, LargestPage).ToListAsync(cancellationToken),
            await events.CountAsync(cancellationToken));
    }

    // A name may have been unknown once and be somebody's today, and the other way about.
    private async Task<IQueryable<VerificationEvent>> OfLoginAsync(PortalDbContext db, IQueryable<VerificationEvent> events, string typed, CancellationToken cancellationToken)
    {
        if (LoginName.Fold(typed.Trim(), out _) is not { } login)
            return events.Where(one => false);
        string[] parts = login.Split(LoginName.DeviceSeparator);
        string name = parts[0];
        string masked = mask.Mask(login);
        Guid? id = await db.Users.Where(user => user.NormalizedUserName == name).Select(user => (Guid?)user.Id).SingleOrDefaultAsync(cancellationToken);
        if (parts.Length == 1)
            return id is null ? events.Where(one => one.Login == masked) : events.Where(one => one.UserId == id || (one.UserId == null && one.Login == masked));
        string withUnknownDevice = mask.MaskDevice(name, login);
        return events.Where(one => (one.UserId == id && (one.Login == login || one.Login == withUnknownDevice)) || (one.UserId == null && one.Login == masked));
    }
}
