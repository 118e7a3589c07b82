using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Users;

namespace ProxyPortal.Groups;

/// <summary>Who is in a group. A group can have a hundred thousand members: they are read by pages, and added and taken out by their
/// memberships alone.</summary>
public sealed class GroupMemberService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit, TimeProvider time)
{
    public const int LargestPage = 200;

    /// <summary>How many may be added in one act.</summary>
    public const int MostAtOnce = 500;

    private const string Memberships = "group_members";

    /// <summary>Members, by user-id. Errors: <c>not_found</c>, <c>search_too_long</c>.</summary>
    public Task<Result<PageOf<GroupMember>>> ListAsync(Actor actor, Guid id, string? search, int page, int pageSize, CancellationToken cancellationToken) =>
        ReadAsync(actor, id, Permission.ReadGroups, db => GroupService.MembersOf(db, id), search, page, pageSize, cancellationToken);

    /// <summary>Who could be added: users outside of the group that match.</summary>
    public Task<Result<PageOf<GroupMember>>> CandidatesAsync(Actor actor, Guid id, string? search, int most, CancellationToken cancellationToken) =>
        ReadAsync(actor, id, Permission.EditGroups, db => db.Users.Where(user => user.DeletedAt == null && !user.Groups.Any(group => group.Id == id)), search, 0, most, cancellationToken);

    /// <summary>Adds users; those who are in it already stay. Errors: <c>not_found</c>, <c>users_invalid</c>.</summary>
    public async Task<Result<int>> AddAsync(Actor actor, Guid id, IReadOnlyCollection<Guid> users, CancellationToken cancellationToken)
    {
        if (users.Count > MostAtOnce)
            return new Error("users_invalid", $"Add at most {MostAtOnce} users at once.", "users");
        return await ChangeAsync(actor, id, users, isAdded: true, cancellationToken);
    }

    /// <summary>Takes users out; those who are not in it are left alone.</summary>
    public Task<Result<int>> RemoveAsync(Actor actor, Guid id, Guid user, CancellationToken cancellationToken) => ChangeAsync(actor, id, [user], isAdded: false, cancellationToken);

    private async Task<Result<PageOf<GroupMember>>> ReadAsync(
        Actor actor, Guid id, Permission permission, Func<PortalDbContext, IQueryable<User>> choose, string? search, int page, int pageSize, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, permission, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Groups.AnyAsync(group => group.Id == id, cancellationToken))
            return GroupService.NotFound;
        Result<IQueryable<User>> found = (await access.ScopeOfAsync(actor, cancellationToken)).Of(choose(db)).Search(search);
        if (found.Error is { } error)
            return error;
        DateTimeOffset now = time.GetUtcNow();
        Expression<Func<Device, bool>> usable = DeviceQueries.IsUsable(now);
        return new PageOf<GroupMember>(
            await found.Value.OrderBy(user => user.NormalizedUserName).AtPage(page, pageSize, LargestPage).Select(user => new GroupMember(
                user.Id, user.UserName!, user.DisplayName,
                UserStatuses.Of(now, user.DeletedAt != null, user.SuspendedAt != null, user.ValidFrom, user.ValidUntil, user.Role, user.PasswordHash != null, user.Devices.AsQueryable().Any(usable)))).ToListAsync(cancellationToken),
            await found.Value.CountAsync(cancellationToken));
    }

    private async Task<Result<int>> ChangeAsync(Actor actor, Guid id, IReadOnlyCollection<Guid> users, bool isAdded, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditGroups, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Groups.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } group)
            return GroupService.NotFound;
        var found = await db.Users.AsNoTracking().Where(user => user.DeletedAt == null && EF.Parameter(users).Contains(user.Id))
            .Select(user => new { user.Id, user.UserName, Groups = user.Groups.Select(row => row.Name).ToList(), IsMember = user.Groups.Any(row => row.Id == id) }).ToListAsync(cancellationToken);
        if (found.Count < users.Distinct().Count())
            return UserService.NotFound with { Field = "users" };
        var changed = found.Where(user => user.IsMember != isAdded).OrderBy(user => user.UserName, StringComparer.Ordinal).ToList();
        if (changed.Count == 0)
            return 0;
        foreach (var user in changed)
        {
            var membership = new Dictionary<string, object> { ["GroupsId"] = id, ["UsersId"] = user.Id };
            if (isAdded)
                db.Set<Dictionary<string, object>>(Memberships).Add(membership);
            else
                db.Set<Dictionary<string, object>>(Memberships).Remove(membership);
            IEnumerable<string> after = isAdded ? user.Groups.Append(group.Name) : user.Groups.Where(name => name != group.Name);
            // In the history of each user, who may be asked about it.
            audit.Add(db, actor, AuditAction.UserChanged, new AuditTarget("user", user.Id, user.UserName!), new { Groups = Names(user.Groups) }, new { Groups = Names(after) });
        }
        string names = string.Join(' ', changed.Select(user => user.UserName));
        audit.Add(db, actor, AuditAction.GroupChanged, GroupService.Target(group), after: isAdded ? new { MembersAdded = names } : (object)new { MembersRemoved = names });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || UniqueViolation.Caused(exception))
        {
            // Someone else did the same at this moment.
            return GroupService.Conflict;
        }
        return changed.Count;
    }

    private static string Names(IEnumerable<string> groups) => string.Join(' ', groups.Order(StringComparer.Ordinal));
}
