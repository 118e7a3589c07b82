using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Users;

/// <summary>Users that match a question.</summary>
/// <param name="Users">In no order.</param>
/// <param name="IsNarrow">Whether they are few: sorted and counted at once.</param>
internal sealed record FoundUsers(IQueryable<User> Users, bool IsNarrow)
{
    /// <summary>There are more than so many; 0 = nothing is known.</summary>
    public int AtLeast { get; init; }
}

/// <summary>
/// Finds users so that a page of them is quick among a million. A filter that an index answers is asked first for a few thousand ids: are there no more,
/// only those are looked at; are there more, and most of them match, walking an order finds a page of them soon.
/// </summary>
internal sealed class UserFinder(PortalDbContext db, RoleScope scope, IdleRules idle, DateTimeOffset now)
{
    public const int Few = 5_000;
    private const int Some = 50_000;
    private const int FewestOfFew = Few / 10;
    private const int Rounded = 100;

    /// <summary>Errors: <c>search_too_long</c>.</summary>
    public async Task<Result<FoundUsers>> FindAsync(UserQuery query, CancellationToken cancellationToken)
    {
        Result<IQueryable<User>> matching = scope.Of(db.Users).Matching(query, idle, now);
        if (matching.Error is { } error)
            return error;
        HashSet<Guid>? ids = null;
        int most = 0;
        foreach (IQueryable<Guid> seed in Seeds(query))
        {
            List<Guid> seeded = await seed.Take(Few + 1).ToListAsync(cancellationToken);
            if (seeded.Count > Few)
            {
                int matches = await ByKeys(query, seeded).CountAsync(cancellationToken);
                most = Math.Max(most, matches);
                // Common, and the other conditions leave many of them: walking an order finds a page soon.
                if (matches >= FewestOfFew)
                    continue;
                seeded = await seed.Take(Some + 1).ToListAsync(cancellationToken);
                if (seeded.Count > Some)
                    continue;
            }
            if (ids is null)
                ids = [.. seeded];
            else
                ids.IntersectWith(seeded);
        }
        return ids is not null ? new FoundUsers(ByKeys(query, ids), true) : new FoundUsers(matching.Value, false) { AtLeast = Math.Max(0, most - 1) / Rounded * Rounded };
    }

    // By their keys in a query of their own: SQLite would rather walk an index of everyone for a condition, or for the order that is asked for around it.
    private IQueryable<User> ByKeys(UserQuery query, IReadOnlyCollection<Guid> ids) =>
        scope.Of(db.Users.Where(user => ids.Contains(user.Id)).OrderBy(user => user.Id).Take(ids.Count)).Matching(query, idle, now).Value;

    /// <summary>Each holds at least everyone who matches one of the filters.</summary>
    private IEnumerable<IQueryable<Guid>> Seeds(UserQuery query)
    {
        if (query.Search?.Trim().ToLowerInvariant() is { Length: > 0 and < UserQueries.ShortestPart } start && db.Database.IsSqlite())
            yield return Beginning(start);
        else if (query.Search?.Trim().ToLowerInvariant() is { Length: >= UserQueries.ShortestPart } text)
            yield return db.Database.IsSqlite() ? Indexed("{user_name display_name email}", text) : db.Users.Search(text).Value.Select(user => user.Id);
        if (query.Group is { Length: > 0 } name)
            yield return db.Groups.Where(group => group.Name == name).SelectMany(group => group.Users, (_, user) => user.Id);
        if (query.Tag?.Trim().ToLowerInvariant() is { Length: > 0 } tag && db.Database.IsSqlite())
            yield return Indexed("tags", JsonSerializer.Serialize(tag));
        if (OfStatus(query.Status) is { } users)
            yield return users.Select(user => user.Id);
    }

    private IQueryable<User>? OfStatus(UserStatus? status) => status switch
    {
        UserStatus.Deleted => db.Users.Where(user => user.DeletedAt != null),
        UserStatus.Suspended => db.Users.Where(user => user.SuspendedAt != null),
        UserStatus.NotYetValid => db.Users.Where(user => user.ValidFrom > now),
        UserStatus.Expired => db.Users.Where(user => user.DeletedAt == null && user.ValidUntil <= now),
        UserStatus.ExpiresSoon => db.Users.Where(user => user.DeletedAt == null && user.ValidUntil > now && user.ValidUntil <= now + UserStatuses.Soon),
        UserStatus.NoCredential => db.Users.Where(user => user.PasswordHash == null),
        UserStatus.PortalOnly => db.Users.Where(user => user.Role != PortalRole.None),
        _ => null,
    };

    // A range, which an index of bytes answers; LIKE is blind to case and would look at everyone.
    private IQueryable<Guid> Beginning(string start)
    {
        string end = start + "\U0010FFFF";
        return db.Users.Where(user => (user.NormalizedUserName!.CompareTo(start) >= 0 && user.NormalizedUserName.CompareTo(end) < 0)
            || (user.NormalizedEmail!.CompareTo(start) >= 0 && user.NormalizedEmail.CompareTo(end) < 0)).Select(user => user.Id)
            .Concat(db.Users.Where(user => user.DeletedAt == null && user.NormalizedDisplayName.CompareTo(start) >= 0 && user.NormalizedDisplayName.CompareTo(end) < 0).Select(user => user.Id))
            .Concat(db.Users.Where(user => user.DeletedAt != null && user.NormalizedDisplayName.CompareTo(start) >= 0 && user.NormalizedDisplayName.CompareTo(end) < 0).Select(user => user.Id));
    }

    // FTS5's words for "these columns hold this text".
    private IQueryable<Guid> Indexed(string columns, string text)
    {
        string match = $"{columns} : \"{text.Replace("\"", "\"\"", StringComparison.Ordinal).Replace("\0", "\uFFFD", StringComparison.Ordinal)}\"";
        return db.Database.SqlQuery<Guid>($"SELECT rows.user_id AS \"Value\" FROM user_search JOIN user_search_rows AS rows ON rows.row = user_search.rowid WHERE user_search MATCH {match}");
    }
}
