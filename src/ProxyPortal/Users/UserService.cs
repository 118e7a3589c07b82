using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Links;
using ProxyPortal.Verification.Throttling;

namespace ProxyPortal.Users;

/// <summary>Everything that is done to users by those who administer them. An administrator can open the way to a new password but never
/// sees or chooses one.</summary>
public sealed class UserService(
    IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, OneTimeLinks links, ILookupNormalizer normalizer, ThrottledUsers throttled, TimeProvider time)
{
    private static readonly TimeSpan CountPatience = TimeSpan.FromMilliseconds(150);
    private readonly UserCounts _counts = new(contexts, time);

    public static Error NotFound { get; } = new("not_found", "There is no such user.");

    public static Error Conflict { get; } = new("conflict", "Someone else changed this user meanwhile. Look at the new state and try again.");

    public static Error LastAdministrator { get; } = new("last_administrator", "This is the last administrator who can sign in. Make someone else administrator first.", "role");

    public async Task<Result<PageOf<UserSummary>>> ListAsync(Actor actor, UserQuery query, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, "list", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        IdleRules idle = await IdleRules.LoadAsync(db, cancellationToken);
        RoleScope scope = await access.ScopeOfAsync(actor, cancellationToken);
        Result<FoundUsers> found = await new UserFinder(db, scope, idle, now).FindAsync(query, cancellationToken);
        Result<UserOrder> order = found.Succeeded ? UserOrder.Of(found.Value.Users, query.Sort, query.Descending) : found.Error!;
        if (order.Error is { } error)
            return error;
        int size = Math.Clamp(query.PageSize, 1, UserQuery.LargestPage);
        List<Guid> ids = await order.Value.TakeAsync((long)Math.Max(0, query.Page) * size, size, cancellationToken);
        IReadOnlyList<UserSummary> users = await DescribeAsync(db, ids, idle, now, cancellationToken);
        (int total, bool isAtLeast) = await TotalAsync(query, found.Value, scope, cancellationToken);
        return new PageOf<UserSummary>(users, total) { IsAtLeast = isAtLeast };
    }

    // Everyone, or everyone in a status, is counted for the filters anyway.
    private async Task<(int Total, bool IsAtLeast)> TotalAsync(UserQuery query, FoundUsers found, RoleScope scope, CancellationToken cancellationToken)
    {
        if (found.IsNarrow || query.CountsAll)
            return (await found.Users.CountAsync(cancellationToken), false);
        if (query.IsNarrowed && found.AtLeast > 0)
            return (found.AtLeast, true);
        if (query.IsNarrowed && await found.Users.Take(UserFinder.Few + 1).CountAsync(cancellationToken) > UserFinder.Few)
            return (UserFinder.Few, true);
        if (!query.IsNarrowed && !scope.IsLimited && await _counts.GetSoonAsync(CountPatience) is { } counts)
            return (query.Status is { } status ? counts[status] : counts.Where(count => count.Key is not UserStatus.Deleted).Sum(count => count.Value), false);
        return (await found.Users.CountAsync(cancellationToken), false);
    }

    /// <summary>How many users are in each status.</summary>
    public async Task<Result<IReadOnlyDictionary<UserStatus, int>>> CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, "counts", cancellationToken) is { } refused)
            return refused;
        return await CountOfAsync(actor, async _ => await _counts.GetAsync(), cancellationToken);
    }

    /// <summary>As <see cref="CountAsync"/>, but empty while the first count takes longer than a page may wait.</summary>
    public async Task<Result<IReadOnlyDictionary<UserStatus, int>>> CountSoonAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, "counts", cancellationToken) is { } refused)
            return refused;
        return await CountOfAsync(actor, _counts.GetSoonAsync, cancellationToken);
    }

    // Of some groups there are few, and they are counted as they are asked for.
    private async Task<Dictionary<UserStatus, int>> CountOfAsync(
        Actor actor, Func<TimeSpan, Task<IReadOnlyDictionary<UserStatus, int>?>> everyone, CancellationToken cancellationToken)
    {
        RoleScope scope = await access.ScopeOfAsync(actor, cancellationToken);
        if (!scope.IsLimited)
            return new Dictionary<UserStatus, int>(await everyone(CountPatience) ?? new Dictionary<UserStatus, int>());
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await UserCounts.ReadAsync(db, scope.Of(db.Users), time.GetUtcNow(), cancellationToken);
    }

    public async Task<Result<UserDetail>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<User> all = (await access.ScopeOfAsync(actor, cancellationToken)).Of(db.Users);
        User? user = await all.AsNoTracking().Include(row => row.Groups).Include(row => row.Devices).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return user is null ? NotFound : await DescribeAsync(db, user, cancellationToken);
    }

    /// <summary>The user of this id, or of this user-id.</summary>
    public async Task<Result<UserDetail>> GetAsync(Actor actor, string idOrUserId, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(idOrUserId, out Guid id))
            return await GetAsync(actor, id, cancellationToken);
        if (await access.RequireAsync(actor, Permission.ReadUsers, "user", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        string? name = LoginName.Fold(idOrUserId, out _);
        Guid found = await db.Users.Where(row => row.NormalizedUserName == name).Select(row => row.Id).SingleOrDefaultAsync(cancellationToken);
        return found == Guid.Empty ? NotFound : await GetAsync(actor, found, cancellationToken);
    }

    /// <summary>The names of all groups, to choose from.</summary>
    public async Task<Result<IReadOnlyList<string>>> ListGroupsAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, "groups", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Groups.OrderBy(group => group.Name).Select(group => group.Name).ToListAsync(cancellationToken);
    }

    /// <summary>The groups to whose members a role can be limited, by name.</summary>
    public async Task<Result<IReadOnlyDictionary<Guid, string>>> ListRoleGroupsAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadGroups, "role groups", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.Groups.OrderBy(group => group.Name).Select(group => new { group.Id, group.Name }).ToListAsync(cancellationToken)).ToDictionary(group => group.Id, group => group.Name);
    }

    /// <summary>Creates the user and the link by which they choose a password. Errors name the field.</summary>
    public async Task<Result<CreatedUser>> CreateAsync(Actor actor, UserInput input, CancellationToken cancellationToken)
    {
        if (await RequireEditAsync(actor, PortalRole.None, input.Role, "new user", cancellationToken) is { } refused)
            return refused;
        Result<string> userId = UserId.Create(input.UserId);
        if ((userId.Error ?? UserInputRules.Check(input)) is { } fault)
            return fault;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Users.AnyAsync(row => row.NormalizedUserName == userId.Value, cancellationToken))
            return Taken(userId.Value);
        Result<UserRelations> relations = await UserFields.FindRelationsAsync(db, input, null, cancellationToken);
        if (relations.Error is { } unrelated)
            return unrelated;
        User user = UserFields.Create(userId.Value, time.GetUtcNow());
        UserFields.Apply(user, input, relations.Value, normalizer);
        db.Users.Add(user);
        IssuedLink link = links.Add(db, LinkPurpose.SetPassword, user);
        audit.Add(db, actor, AuditAction.UserCreated, UserAudit.Target(user), after: UserAudit.Snapshot(user));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Caused(exception))
        {
            // Two at once: the unique index decided.
            return Taken(userId.Value);
        }
        return new CreatedUser(user.Id, user.UserName!, link);
    }

    /// <summary>Saves the fields, unless someone else changed the user since <paramref name="version"/> was read.</summary>
    public Task<Result> ChangeAsync(Actor actor, Guid id, UserInput input, long version, CancellationToken cancellationToken) =>
        UserInputRules.Check(input) is { } fault
            ? Task.FromResult<Result>(fault)
            : UpdateAsync(actor, id, Permission.EditUsers, AuditAction.UserChanged, async (db, user) =>
            {
                if (user.Version != version)
                    return Conflict;
                bool roleChanges = user.Role != input.Role;
                if (roleChanges && await access.RequireAsync(actor, Permission.EditRoles, user.UserName!, cancellationToken) is { } refused)
                    return refused;
                if (roleChanges && await IsLastAdministratorAsync(db, user, cancellationToken))
                    return LastAdministrator;
                if (!roleChanges && ShortensValidity(user, input) && await IsLastAdministratorAsync(db, user, cancellationToken))
                    return LastAdministrator with { Field = input.ValidUntil is not null ? "validUntil" : input.DaysFromFirstUse is not null ? "daysFromFirstUse" : "validFrom" };
                Result<UserRelations> relations = await UserFields.FindRelationsAsync(db, input, user.Id, cancellationToken);
                if (relations.Error is { } unrelated)
                    return unrelated;
                // A new role must be noticed by every open session, which look at the stamp.
                if (roleChanges || user.Email != input.Email)
                    user.SecurityStamp = Guid.CreateVersion7().ToString();
                var before = user.Groups.Select(group => group.Id).ToHashSet();
                UserFields.Apply(user, input, relations.Value, normalizer);
                // Memberships stand in a table of their own, and must be guarded all the same.
                if (!before.SetEquals(user.Groups.Select(group => group.Id)))
                    user.Version++;
                return null;
            }, cancellationToken);

    public Task<Result> SuspendAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        UpdateAsync(actor, id, Permission.HelpUsers, AuditAction.UserSuspended, async (db, user) =>
        {
            if (await IsLastAdministratorAsync(db, user, cancellationToken))
                return LastAdministrator;
            user.SuspendedAt ??= time.GetUtcNow();
            user.SecurityStamp = Guid.CreateVersion7().ToString();
            return null;
        }, cancellationToken);

    public Task<Result> ResumeAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        UpdateAsync(actor, id, Permission.HelpUsers, AuditAction.UserResumed, (_, user) =>
        {
            user.SuspendedAt = null;
            return Task.FromResult<Error?>(null);
        }, cancellationToken);

    /// <summary>Puts the user into the bin: no proxy and no sign-in knows them any more, and <see cref="RestoreAsync"/> brings all back.</summary>
    public Task<Result> DeleteAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        UpdateAsync(actor, id, Permission.EditUsers, AuditAction.UserDeleted, async (db, user) =>
        {
            if (await IsLastAdministratorAsync(db, user, cancellationToken))
                return LastAdministrator;
            user.DeletedAt ??= time.GetUtcNow();
            user.SecurityStamp = Guid.CreateVersion7().ToString();
            return null;
        }, cancellationToken);

    public Task<Result> RestoreAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        UpdateAsync(actor, id, Permission.EditUsers, AuditAction.UserRestored, (_, user) =>
        {
            user.DeletedAt = null;
            return Task.FromResult<Error?>(null);
        }, cancellationToken, inBin: true);

    private async Task<Result> UpdateAsync(
        Actor actor, Guid id, Permission permission, string action, Func<PortalDbContext, User, Task<Error?>> change, CancellationToken cancellationToken, bool inBin = false)
    {
        if (await access.RequireAsync(actor, permission, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<User> all = (await access.ScopeOfAsync(actor, cancellationToken)).Of(db.Users);
        User? user = await all.Include(row => row.Groups).SingleOrDefaultAsync(row => row.Id == id && row.DeletedAt != null == inBin, cancellationToken);
        if (user is null)
            return NotFound;
        if (await RequireEditAsync(actor, user.Role, user.Role, user.UserName!, cancellationToken, permission) is { } roleRefused)
            return roleRefused;
        object before = UserAudit.Snapshot(user);
        if (await change(db, user) is { } error)
            return error;
        audit.Add(db, actor, action, UserAudit.Target(user), before, UserAudit.Snapshot(user));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Conflict;
        }
        return Result.Success;
    }

    // Accounts with a portal role are touched only by those who may give roles: a help desk must not take over an administrator.
    private async Task<Error?> RequireEditAsync(Actor actor, PortalRole had, PortalRole gets, string target, CancellationToken cancellationToken, Permission permission = Permission.EditUsers) =>
        await access.RequireAsync(actor, had is PortalRole.None && gets is PortalRole.None ? permission : Permission.EditRoles, target, cancellationToken);

    private Task<bool> IsLastAdministratorAsync(PortalDbContext db, User user, CancellationToken cancellationToken) =>
        LastAdministratorRule.ForbidsLosingAsync(db, user, time.GetUtcNow(), cancellationToken);

    // Any end, today's or next year's: the day it comes nobody could move it.
    private bool ShortensValidity(User user, UserInput input) =>
        (input.ValidUntil is { } until && (user.ValidUntil is null || until < user.ValidUntil)) || (input.ValidFrom > time.GetUtcNow() && input.ValidFrom != user.ValidFrom)
        || (input.DaysFromFirstUse is not null && user.DaysFromFirstUse is null);

    private async Task<UserDetail> DescribeAsync(PortalDbContext db, User user, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        IdleRules idle = await IdleRules.LoadAsync(db, cancellationToken);
        UserStatus status = UserStatuses.Of(now, user.DeletedAt is not null, user.SuspendedAt is not null, user.ValidFrom, user.ValidUntil,
            user.Role, user.PasswordHash is not null, user.Devices.Exists(device => DeviceStatuses.IsUsable(device, now))).UnlessIdle((await idle.AmongAsync(db, [user.Id], now, cancellationToken)).Count > 0);
        return new UserDetail(
            user.Id, user.UserName!, user.DisplayName, user.Email, user.Kind, user.Role, status,
            user.ValidFrom, user.ValidUntil, user.CreatedAt, user.SuspendedAt, user.DeletedAt, user.PasswordSetAt, user.PasswordHash is not null, user.TwoFactorEnabled, user.Notes,
            [.. user.Groups.Select(group => group.Name).Order(StringComparer.Ordinal)],
            [.. user.Devices.OrderBy(device => device.Name, StringComparer.Ordinal).Select(device => new UserDevice(device.Id, $"{user.UserName}{LoginName.DeviceSeparator}{device.Name}", device.SecretIssuedAt, device.ExpiresAt))],
            user.Version)
        {
            Tags = user.Tags,
            Owner = await db.Users.Where(owner => owner.Id == user.OwnerId).Select(owner => new UserOwner(owner.Id, owner.UserName!)).SingleOrDefaultAsync(cancellationToken),
            DaysFromFirstUse = user.DaysFromFirstUse,
            LastSeenAt = user.LastUsedAt,
            MustChangePassword = user.MustChangePassword,
            RoleGroups = user.RoleGroups,
            IsThrottled = throttled.Includes(user.UserName!, user.PasswordVersion),
        };
    }

    private static async Task<IReadOnlyList<UserSummary>> DescribeAsync(PortalDbContext db, List<Guid> ids, IdleRules idle, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<UserSummary> users = await db.Users.Where(user => ids.Contains(user.Id)).Summaries(now).ToListAsync(cancellationToken);
        IReadOnlySet<Guid> unused = await idle.AmongAsync(db, ids, now, cancellationToken);
        return [.. users.OrderBy(user => ids.IndexOf(user.Id)).Select(user => user with { Status = user.Status.UnlessIdle(unused.Contains(user.Id)) })];
    }

    private static Error Taken(string userId) => new("userId_taken", $"There is already a user {userId} (perhaps in the bin).", "userId");
}
