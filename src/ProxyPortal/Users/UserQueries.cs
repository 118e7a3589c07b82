using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Users;

/// <summary>Filters, orders and shapes users in SQL.</summary>
internal static class UserQueries
{
    /// <summary>By user-id, name or mail. Errors: <c>search_too_long</c>.</summary>
    public static Result<IQueryable<User>> Search(this IQueryable<User> users, string? text)
    {
        if (text is { Length: > LikePattern.LongestSearch })
            return new Error("search_too_long", $"Search for at most {LikePattern.LongestSearch} characters.", "search");
        if (string.IsNullOrWhiteSpace(text))
            return Ok(users);
        string pattern = LikePattern.Containing(text.ToLowerInvariant());
        return Ok(users.Where(user => EF.Functions.Like(user.UserName!, pattern, LikePattern.Escape)
            || EF.Functions.Like(user.NormalizedDisplayName, pattern, LikePattern.Escape)
            || EF.Functions.Like(user.NormalizedEmail!, pattern, LikePattern.Escape)));
    }

    /// <summary>The SQL twin of <see cref="UserStatuses.Of"/>; a test holds the two together.</summary>
    public static IQueryable<User> WithStatus(this IQueryable<User> users, UserStatus status, DateTimeOffset now)
    {
        DateTimeOffset soon = now + UserStatuses.Soon;
        IQueryable<User> present = users.Where(user => user.DeletedAt == null);
        IQueryable<User> awake = present.Where(user => user.SuspendedAt == null);
        IQueryable<User> valid = awake.Where(user => (user.ValidFrom == null || user.ValidFrom <= now) && (user.ValidUntil == null || user.ValidUntil > now));
        IQueryable<User> able = valid.Where(user => (user.PasswordHash != null && user.Role == PortalRole.None) || user.Devices.Any());
        return status switch
        {
            UserStatus.Deleted => users.Where(user => user.DeletedAt != null),
            UserStatus.Suspended => present.Where(user => user.SuspendedAt != null),
            UserStatus.NotYetValid => awake.Where(user => user.ValidFrom > now),
            UserStatus.Expired => awake.Where(user => (user.ValidFrom == null || user.ValidFrom <= now) && user.ValidUntil <= now),
            UserStatus.PortalOnly => valid.Where(user => user.Role != PortalRole.None && !user.Devices.Any()),
            UserStatus.NoCredential => valid.Where(user => user.Role == PortalRole.None && user.PasswordHash == null && !user.Devices.Any()),
            UserStatus.ExpiresSoon => able.Where(user => user.ValidUntil <= soon),
            UserStatus.Active => able.Where(user => user.ValidUntil == null || user.ValidUntil > soon),
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
    }

    /// <summary>The status of each user, in one pass; the SQL twin of <see cref="UserStatuses.Of"/> for counting.</summary>
    public static IQueryable<UserStatus> Statuses(this IQueryable<User> users, DateTimeOffset now)
    {
        DateTimeOffset soon = now + UserStatuses.Soon;
        return users.Select(user =>
            user.DeletedAt != null ? UserStatus.Deleted
            : user.SuspendedAt != null ? UserStatus.Suspended
            : user.ValidFrom > now ? UserStatus.NotYetValid
            : user.ValidUntil <= now ? UserStatus.Expired
            : user.Role != PortalRole.None && !user.Devices.Any() ? UserStatus.PortalOnly
            : user.PasswordHash == null && !user.Devices.Any() ? UserStatus.NoCredential
            : user.ValidUntil <= soon ? UserStatus.ExpiresSoon
            : UserStatus.Active);
    }

    /// <summary>Errors: <c>sort_unknown</c>. Fields are an allow-list: ordering by a hash would tell it bit by bit.</summary>
    public static Result<IQueryable<User>> Sorted(this IQueryable<User> users, string? sort, bool descending)
    {
        Expression<Func<User, object?>>? field = sort switch
        {
            // The folded name equals the name and has the unique index.
            null or "" or "userId" => user => user.NormalizedUserName,
            "displayName" => user => user.NormalizedDisplayName,
            "email" => user => user.NormalizedEmail,
            "validUntil" => user => user.ValidUntil,
            "createdAt" => user => user.CreatedAt,
            _ => null,
        };
        if (field is null)
            return new Error("sort_unknown", $"Sort by one of {string.Join(", ", UserQuery.SortFields)}.", "sort");
        // What has no value comes last either way: left alone, SQLite and PostgreSQL put it at opposite ends.
        IOrderedQueryable<User>? filled = sort switch
        {
            "email" => users.OrderBy(user => user.NormalizedEmail == null),
            "validUntil" => users.OrderBy(user => user.ValidUntil == null),
            _ => null,
        };
        IOrderedQueryable<User> sorted = descending
            ? filled?.ThenByDescending(field) ?? users.OrderByDescending(field)
            : filled?.ThenBy(field) ?? users.OrderBy(field);
        return Ok(sorted.ThenBy(user => user.Id));
    }

    public static IQueryable<UserSummary> Summaries(this IQueryable<User> users, DateTimeOffset now) => users.AsNoTracking().Select(user => new UserSummary(
        user.Id, user.UserName!, user.DisplayName, user.Email, user.Kind, user.Role,
        UserStatuses.Of(now, user.DeletedAt != null, user.SuspendedAt != null, user.ValidFrom, user.ValidUntil,
            user.Role, user.PasswordHash != null, user.Devices.Any()),
        user.ValidFrom, user.ValidUntil, user.CreatedAt, user.Groups.OrderBy(group => group.Name).Select(group => group.Name).ToList()));

    private static Result<IQueryable<User>> Ok(IQueryable<User> users) => ResultOf(users);

    private static Result<T> ResultOf<T>(T value) => value;
}
