using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Data;

namespace ProxyPortal.Users.Bulk;

/// <summary>Which accounts a change must leave alone: those with a portal role for everyone who may not give roles, one's own, and the last administrator.</summary>
internal sealed class UserBulkGuard
{
    private readonly Actor _actor;
    private readonly UserBulkChange _change;
    private readonly HashSet<Guid> _administrators = [];

    private UserBulkGuard(Actor actor, UserBulkChange change) => (_actor, _change) = (actor, change);

    public static UserBulkGuard ForRun(Actor actor, UserBulkChange change) => new(actor, change);

    /// <summary>One that also foresees who would be the last administrator, without changing anything.</summary>
    public static async Task<UserBulkGuard> ForPreviewAsync(PortalDbContext db, Actor actor, UserBulkChange change, CancellationToken cancellationToken)
    {
        var guard = new UserBulkGuard(actor, change);
        guard._administrators.UnionWith(await LastAdministratorRule.AbleOnes(db, change.Now).Select(user => user.Id).ToListAsync(cancellationToken));
        return guard;
    }

    /// <summary>Why the user is left alone; null = they are not.</summary>
    public UserBulkResult? Check(User user)
    {
        if (user.Role is not PortalRole.None && !_actor.May(Permission.EditRoles))
            return UserBulkResult.Skipped("Has a role in the portal: only those who may give roles change it.");
        if (user.Id == _actor.Id && _change.TakesAccess(user))
            return UserBulkResult.Skipped("Is your own account.");
        return null;
    }

    /// <summary>As <see cref="Check"/>, in the order of the run.</summary>
    public UserBulkResult? Foresee(User user)
    {
        if (Check(user) is { } left)
            return left;
        if (user.Role is not PortalRole.Administrator || user.DeletedAt is not null || !_change.TakesAccess(user))
            return null;
        if (!_administrators.Any(other => other != user.Id))
            return LastAdministrator;
        _administrators.Remove(user.Id);
        return null;
    }

    public static UserBulkResult LastAdministrator { get; } = UserBulkResult.Skipped("Is the last administrator who can sign in.");
}
