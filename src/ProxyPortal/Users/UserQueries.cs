using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Devices;

namespace ProxyPortal.Users;

/// <summary>Filters and shapes users in SQL.</summary>
internal static class UserQueries
{
    /// <summary>Those that the question asks for, in no order. Errors: <c>search_too_long</c>.</summary>
    public static Result<IQueryable<User>> Matching(this IQueryable<User> users, UserQuery query, IdleRules idle, DateTimeOffset now)
    {
        IQueryable<User> found = query.Status is { } status ? users.WithStatus(status, idle, now) : users.Where(user => user.DeletedAt == null);
        if (query.Tag?.Trim().ToLowerInvariant() is { Length: > 0 } tag)
            found = found.Where(user => user.Tags.Contains(tag));
        if (query.Group is { Length: > 0 } name)
            found = found.Where(user => user.Groups.Any(group => group.Name == name));
        return found.Search(query.Search);
    }

    /// <summary>Shorter texts are looked for at the beginning only: that is what people type on the way to longer ones, and parts so short stand everywhere.</summary>
    public const int ShortestPart = 3;

    /// <summary>By user-id, name or mail. Errors: <c>search_too_long</c>.</summary>
    public static Result<IQueryable<User>> Search(this IQueryable<User> users, string? text)
    {
        if (text is { Length: > LikePattern.LongestSearch })
            return new Error("search_too_long", $"Search for at most {LikePattern.LongestSearch} characters.", "search");
        if (string.IsNullOrWhiteSpace(text))
            return Ok(users);
        string folded = text.Trim().ToLowerInvariant();
        string pattern = folded.Length < ShortestPart ? LikePattern.StartingWith(folded) : LikePattern.Containing(folded);
        return Ok(users.Where(user => EF.Functions.Like(user.UserName!, pattern, LikePattern.Escape)
            || EF.Functions.Like(user.NormalizedDisplayName, pattern, LikePattern.Escape)
            || EF.Functions.Like(user.NormalizedEmail!, pattern, LikePattern.Escape)));
    }

    /// <summary>The SQL twin of <see cref="UserStatuses.Of"/>; a test holds the two together.</summary>
    public static IQueryable<User> WithStatus(this IQueryable<User> users, UserStatus status, IdleRules idle, DateTimeOffset now)
    {
        DateTimeOffset soon = now + UserStatuses.Soon;
        Expression<Func<Device, bool>> usable = DeviceQueries.IsUsable(now);
        IQueryable<User> present = users.Where(user => user.DeletedAt == null);
        IQueryable<User> awake = present.Where(user => user.SuspendedAt == null);
        IQueryable<User> valid = awake.Where(user => (user.ValidFrom == null || user.ValidFrom <= now) && (user.ValidUntil == null || user.ValidUntil > now));
        IQueryable<User> able = valid.Where(user => (user.PasswordHash != null && user.Role == PortalRole.None) || user.Devices.AsQueryable().Any(usable));
        return status switch
        {
            UserStatus.Deleted => users.Where(user => user.DeletedAt != null),
            UserStatus.Suspended => present.Where(user => user.SuspendedAt != null),
            UserStatus.NotYetValid => awake.Where(user => user.ValidFrom > now),
            UserStatus.Expired => awake.Where(user => (user.ValidFrom == null || user.ValidFrom <= now) && user.ValidUntil <= now),
            UserStatus.PortalOnly => valid.Where(user => user.Role != PortalRole.None && !user.Devices.AsQueryable().Any(usable)),
            UserStatus.NoCredential => valid.Where(user => user.Role == PortalRole.None && user.PasswordHash == null && !user.Devices.AsQueryable().Any(usable)),
            UserStatus.Idle => idle.Idle(able, now),
            UserStatus.ExpiresSoon => idle.NotIdle(able, now).Where(user => user.ValidUntil <= soon),
            UserStatus.Active => idle.NotIdle(able, now).Where(user => user.ValidUntil == null || user.ValidUntil > soon),
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
    }

    /// <summary>The status of each user but for <see cref="UserStatus.Idle"/>, in one pass; the SQL twin of <see cref="UserStatuses.Of"/> for counting.</summary>
    public static IQueryable<UserStatus> Statuses(this IQueryable<User> users, DateTimeOffset now)
    {
        DateTimeOffset soon = now + UserStatuses.Soon;
        Expression<Func<Device, bool>> usable = DeviceQueries.IsUsable(now);
        return users.Select(user =>
            user.DeletedAt != null ? UserStatus.Deleted
            : user.SuspendedAt != null ? UserStatus.Suspended
            : user.ValidFrom > now ? UserStatus.NotYetValid
            : user.ValidUntil <= now ? UserStatus.Expired
            : user.Role != PortalRole.None && !user.Devices.AsQueryable().Any(usable) ? UserStatus.PortalOnly
            : user.PasswordHash == null && !user.Devices.AsQueryable().Any(usable) ? UserStatus.NoCredential
            : user.ValidUntil <= soon ? UserStatus.ExpiresSoon
            : UserStatus.Active);
    }

    public static IQueryable<UserSummary> Summaries(this IQueryable<User> users, DateTimeOffset now)
    {
        Expression<Func<Device, bool>> usable = DeviceQueries.IsUsable(now);
        return users.AsNoTracking().Select(user => new UserSummary(
            user.Id, user.UserName!, user.DisplayName, user.Email, user.Kind, user.Role,
            UserStatuses.Of(now, user.DeletedAt != null, user.SuspendedAt != null, user.ValidFrom, user.ValidUntil,
                user.Role, user.PasswordHash != null, user.Devices.AsQueryable().Any(usable)),
            user.ValidFrom, user.ValidUntil, user.CreatedAt, user.LastUsedAt, user.Tags, user.Groups.OrderBy(group => group.Name).Select(group => group.Name).ToList()));
    }

    private static Result<IQueryable<User>> Ok(IQueryable<User> users) => ResultOf(users);

    private static Result<T> ResultOf<T>(T value) => value;
}
