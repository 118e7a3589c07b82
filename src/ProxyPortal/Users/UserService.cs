using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Links;

namespace ProxyPortal.Users;

/// <summary>Everything that is done to users by those who administer them. An administrator can open the way to a new password but never
/// sees or chooses one.</summary>
public sealed class UserService(
    IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, OneTimeLinks links, ILookupNormalizer normalizer, TimeProvider time)
{
    public static Error NotFound { get; } = new("not_found", "There is no such user.");

    public static Error Conflict { get; } = new("conflict", "Someone else changed this user meanwhile. Look at the new state and try again.");

    public static Error LastAdministrator { get; } = new("last_administrator", "This is the last administrator who can sign in. Make someone else administrator first.", "role");

    public async Task<Result<PageOf<UserSummary>>> ListAsync(Actor actor, UserQuery query, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, "list", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        IQueryable<User> users = query.Status is { } status ? db.Users.WithStatus(status, now) : db.Users.Where(user => user.DeletedAt == null);
        Result<IQueryable<User>> found = users.Search(query.Search);
        Result<IQueryable<User>> sorted = found.Succeeded ? found.Value.Sorted(query.Sort, query.Descending) : found;
        if (sorted.Error is { } error)
            return error;
        return new PageOf<UserSummary>(
            await sorted.Value.AtPage(query.Page, query.PageSize, UserQuery.LargestPage).Summaries(now).ToListAsync(cancellationToken),
            await found.Value.CountAsync(cancellationToken));
    }

    /// <summary>How many users are in each status.</summary>
    public async Task<Result<IReadOnlyDictionary<UserStatus, int>>> CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, "counts", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        var counts = Enum.GetValues<UserStatus>().ToDictionary(status => status, _ => 0);
        foreach (var row in await db.Users.Statuses(now).GroupBy(status => status).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken))
            counts[row.Key] = row.Count;
        return counts;
    }

    public async Task<Result<UserDetail>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        User? user = await db.Users.AsNoTracking().Include(row => row.Groups).Include(row => row.Devices).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return user is null ? NotFound : Describe(user);
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
        var user = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = userId.Value,
            NormalizedUserName = userId.Value,
            DisplayName = "",
            CreatedAt = time.GetUtcNow(),
            SecurityStamp = Guid.CreateVersion7().ToString(),
            LockoutEnabled = false,
        };
        Apply(user, input);
        db.Users.Add(user);
        IssuedLink link = links.Add(db, LinkPurpose.SetPassword, user);
        audit.Add(db, actor, AuditAction.UserCreated, Target(user), after: Snapshot(user));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Caused(exception))
        {
            // Two at once: the unique index decided.
            return Taken(userId.Value);
        }
        return new CreatedUser(user.Id, user.UserName, link);
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
                    return LastAdministrator with { Field = input.ValidUntil is not null ? "validUntil" : "validFrom" };
                // A new role must be noticed by every open session, which look at the stamp.
                if (roleChanges || user.Email != input.Email)
                    user.SecurityStamp = Guid.CreateVersion7().ToString();
                Apply(user, input);
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

    /// <summary>A new one-time link to choose a password; earlier ones stop working. The present password stays until it is used.</summary>
    public async Task<Result<IssuedLink>> IssuePasswordLinkAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        IssuedLink? link = null;
        Result result = await UpdateAsync(actor, id, Permission.HelpUsers, AuditAction.PasswordLinkIssued, async (db, user) =>
        {
            List<OneTimeLink> earlier = await db.OneTimeLinks.Where(row => row.UserId == id && row.Purpose == LinkPurpose.SetPassword && row.UsedAt == null).ToListAsync(cancellationToken);
            db.OneTimeLinks.RemoveRange(earlier);
            link = links.Add(db, LinkPurpose.SetPassword, user);
            return null;
        }, cancellationToken);
        return result.Error is { } error ? error : link!;
    }

    private async Task<Result> UpdateAsync(
        Actor actor, Guid id, Permission permission, string action, Func<PortalDbContext, User, Task<Error?>> change, CancellationToken cancellationToken, bool inBin = false)
    {
        if (await access.RequireAsync(actor, permission, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        User? user = await db.Users.SingleOrDefaultAsync(row => row.Id == id && row.DeletedAt != null == inBin, cancellationToken);
        if (user is null)
            return NotFound;
        if (await RequireEditAsync(actor, user.Role, user.Role, user.UserName!, cancellationToken, permission) is { } roleRefused)
            return roleRefused;
        object before = Snapshot(user);
        if (await change(db, user) is { } error)
            return error;
        audit.Add(db, actor, action, Target(user), before, Snapshot(user));
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
        (input.ValidUntil is { } until && (user.ValidUntil is null || until < user.ValidUntil)) || (input.ValidFrom > time.GetUtcNow() && input.ValidFrom != user.ValidFrom);

    private void Apply(User user, UserInput input)
    {
        string name = input.DisplayName.Trim();
        user.DisplayName = name.Length > 0 ? name : user.UserName!;
        user.Email = string.IsNullOrWhiteSpace(input.Email) ? null : input.Email.Trim();
        user.NormalizedEmail = normalizer.NormalizeEmail(user.Email);
        (user.Kind, user.Role) = (input.Kind, input.Role);
        (user.ValidFrom, user.ValidUntil) = (input.ValidFrom?.ToUniversalTime(), input.ValidUntil?.ToUniversalTime());
        user.Notes = string.IsNullOrWhiteSpace(input.Notes) ? null : input.Notes.Trim();
    }

    private UserDetail Describe(User user) => new(
        user.Id, user.UserName!, user.DisplayName, user.Email, user.Kind, user.Role,
        UserStatuses.Of(time.GetUtcNow(), user.DeletedAt is not null, user.SuspendedAt is not null, user.ValidFrom, user.ValidUntil,
            user.Role, user.PasswordHash is not null, user.Devices.Count > 0),
        user.ValidFrom, user.ValidUntil, user.CreatedAt, user.SuspendedAt, user.DeletedAt, user.PasswordSetAt, user.PasswordHash is not null, user.TwoFactorEnabled, user.Notes,
        [.. user.Groups.Select(group => group.Name).Order(StringComparer.Ordinal)],
        [.. user.Devices.OrderBy(device => device.Name, StringComparer.Ordinal).Select(device => new UserDevice(device.Id, $"{user.UserName}{LoginName.DeviceSeparator}{device.Name}", device.SecretIssuedAt, device.ExpiresAt))],
        user.Version);

    private static AuditTarget Target(User user) => new("user", user.Id, user.UserName!);

    private static object Snapshot(User user) => new
    {
        user.UserName,
        user.DisplayName,
        user.Email,
        Kind = user.Kind.ToString(),
        Role = user.Role.ToString(),
        user.ValidFrom,
        user.ValidUntil,
        user.SuspendedAt,
        user.DeletedAt,
        user.Notes,
    };

    private static Error Taken(string userId) => new("userId_taken", $"There is already a user {userId} (perhaps in the bin).", "userId");
}
