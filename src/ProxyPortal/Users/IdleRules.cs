using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies;

namespace ProxyPortal.Users;

/// <summary>Who is idle by the expiry policies, in SQL: unused for as many days as the strictest policy of the user's groups allows, or
/// the default policy where no group names one. There are few policies, so they are read first and become plain conditions.</summary>
internal sealed class IdleRules
{
    private readonly List<(int Days, Guid[] Groups)> _ofGroups = [];
    private int? _otherwise;

    /// <summary>Whether anybody can be idle at all.</summary>
    public bool Any => _ofGroups.Count > 0 || _otherwise is not null;

    public static async Task<IdleRules> LoadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var rules = new IdleRules();
        List<ExpiryPolicy> policies = await db.ExpiryPolicies.AsNoTracking().Where(policy => policy.IdleDays != null).ToListAsync(cancellationToken);
        if (policies.Count == 0)
            return rules;
        rules._otherwise = policies.Find(policy => policy.IsDefault)?.IdleDays;
        Dictionary<Guid, int> days = policies.ToDictionary(policy => policy.Id, policy => policy.IdleDays!.Value);
        var groups = await db.Groups.Where(group => group.ExpiryPolicyId != null).Select(group => new { group.Id, Policy = group.ExpiryPolicyId!.Value }).ToListAsync(cancellationToken);
        rules._ofGroups.AddRange(groups.Where(group => days.ContainsKey(group.Policy)).GroupBy(group => days[group.Policy])
            .Select(same => (same.Key, same.Select(group => group.Id).ToArray())));
        return rules;
    }

    public IQueryable<User> Idle(IQueryable<User> users, DateTimeOffset now) => users.Where(IsIdle(now));

    public IQueryable<User> NotIdle(IQueryable<User> users, DateTimeOffset now)
    {
        if (!Any)
            return users;
        Expression<Func<User, bool>> idle = IsIdle(now);
        return users.Where(Expression.Lambda<Func<User, bool>>(Expression.Not(idle.Body), idle.Parameters));
    }

    /// <summary>Which of these users are idle.</summary>
    public async Task<IReadOnlySet<Guid>> AmongAsync(PortalDbContext db, IReadOnlyCollection<Guid> users, DateTimeOffset now, CancellationToken cancellationToken) =>
        !Any || users.Count == 0 ? new HashSet<Guid>()
        : await db.Users.Where(user => users.Contains(user.Id)).Where(IsIdle(now)).Select(user => user.Id).ToHashSetAsync(cancellationToken);

    private Expression<Func<User, bool>> IsIdle(DateTimeOffset now)
    {
        Expression<Func<User, bool>> any = user => false;
        foreach ((int days, Guid[] groups) in _ofGroups)
            any = Or(any, UnusedSince(now.AddDays(-days)), user => user.Groups.Any(group => groups.Contains(group.Id)));
        return _otherwise is { } rest ? Or(any, UnusedSince(now.AddDays(-rest)), user => !user.Groups.Any(group => group.ExpiryPolicyId != null)) : any;
    }

    // As verification counts: from the last use, or from when the account could be used at all.
    private static Expression<Func<User, bool>> UnusedSince(DateTimeOffset then) => user =>
        user.CreatedAt <= then && (user.LastUsedAt == null || user.LastUsedAt <= then)
        && (user.PasswordSetAt == null || user.PasswordSetAt <= then) && (user.ValidFrom == null || user.ValidFrom <= then);

    private static Expression<Func<User, bool>> Or(Expression<Func<User, bool>> either, Expression<Func<User, bool>> unused, Expression<Func<User, bool>> members)
    {
        ParameterExpression user = either.Parameters[0];
        return Expression.Lambda<Func<User, bool>>(Expression.OrElse(either.Body, Expression.AndAlso(On(unused, user), On(members, user))), user);
    }

    private static Expression On(Expression<Func<User, bool>> condition, ParameterExpression user) => new Renamed(condition.Parameters[0], user).Visit(condition.Body);

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
