using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;

namespace ProxyPortal.Users;

/// <summary>An order of users in which an index can be walked. What has no value comes last either way: left alone, SQLite and PostgreSQL put
/// it at opposite ends, and an expression that says so would make them sort everyone.</summary>
/// <param name="Filled">Those that have the value, in order.</param>
/// <param name="Empty">Those behind them; null where everyone has it.</param>
internal sealed record UserOrder(IQueryable<User> Filled, IQueryable<User>? Empty)
{
    /// <summary>Errors: <c>sort_unknown</c>. Fields are an allow-list: ordering by a hash would tell it bit by bit.</summary>
    public static Result<UserOrder> Of(IQueryable<User> users, string? sort, bool descending) => sort switch
    {
        // The folded name equals the name and has the unique index: nobody has the same.
        null or "" or "userId" => new UserOrder(By(users, user => user.NormalizedUserName, descending), null),
        "displayName" => new UserOrder(By(users, user => user.NormalizedDisplayName, descending, user => user.Id), null),
        "createdAt" => new UserOrder(By(users, user => user.CreatedAt, descending, user => user.Id), null),
        "email" => Split(users, user => user.NormalizedEmail != null, user => user.NormalizedEmail == null, user => user.NormalizedEmail, descending),
        "validUntil" => Split(users, user => user.ValidUntil != null, user => user.ValidUntil == null, user => user.ValidUntil, descending),
        "lastSeen" => Split(users, user => user.LastUsedAt != null, user => user.LastUsedAt == null, user => user.LastUsedAt, descending),
        _ => new Error("sort_unknown", $"Sort by one of {string.Join(", ", UserQuery.SortFields)}.", "sort"),
    };

    /// <summary>The ids at a place of the order.</summary>
    public async Task<List<Guid>> TakeAsync(long skip, int take, CancellationToken cancellationToken)
    {
        int offset = (int)Math.Min(skip, int.MaxValue);
        List<Guid> ids = await Filled.Skip(offset).Take(take).Select(user => user.Id).ToListAsync(cancellationToken);
        if (Empty is null || ids.Count == take)
            return ids;
        int filled = ids.Count > 0 || offset == 0 ? offset + ids.Count : await Filled.CountAsync(cancellationToken);
        ids.AddRange(await Empty.Skip(Math.Max(0, offset - filled)).Take(take - ids.Count).Select(user => user.Id).ToListAsync(cancellationToken));
        return ids;
    }

    private static UserOrder Split<TKey>(
        IQueryable<User> users, Expression<Func<User, bool>> isFilled, Expression<Func<User, bool>> isEmpty, Expression<Func<User, TKey>> key, bool descending) =>
        new(By(users.Where(isFilled), key, descending, user => user.Id), users.Where(isEmpty).OrderBy(user => user.NormalizedUserName));

    // Both the same way, as the index lies.
    private static IQueryable<User> By<TKey>(IQueryable<User> users, Expression<Func<User, TKey>> key, bool descending, Expression<Func<User, Guid>>? tie = null)
    {
        IOrderedQueryable<User> ordered = descending ? users.OrderByDescending(key) : users.OrderBy(key);
        return tie is null ? ordered : descending ? ordered.ThenByDescending(tie) : ordered.ThenBy(tie);
    }
}
