using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Proxies;

namespace ProxyPortal.Groups;

/// <summary>Groups and what they rule. Their members are <see cref="GroupMemberService"/>'s.</summary>
public sealed class GroupService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit)
{
    public static Error NotFound { get; } = new("not_found", "There is no such group.");

    public static Error Conflict { get; } = new("conflict", "Someone else changed this group meanwhile. Look at the new state and try again.");

    public async Task<Result<PageOf<GroupSummary>>> ListAsync(Actor actor, GroupQuery query, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadGroups, "list", cancellationToken) is { } refused)
            return refused;
        if (query.Search is { Length: > LikePattern.LongestSearch })
            return new Error("search_too_long", $"Search for at most {LikePattern.LongestSearch} characters.", "search");
        Expression<Func<Group, object>>? sort = query.Sort switch
        {
            null or "" or "name" => group => group.Name,
            "members" => group => group.Users.Count(user => user.DeletedAt == null),
            _ => null,
        };
        if (sort is null)
            return new Error("sort_unknown", $"Sort by one of {GroupQuery.Sorts.Replace(" ", ", ", StringComparison.Ordinal)}.", "sort");
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<Group> groups = db.Groups.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            string pattern = LikePattern.Containing(query.Search);
            // SQLite's LIKE takes A for a; PostgreSQL has an operator of its own for that.
            groups = db.Database.IsNpgsql()
                ? groups.Where(group => EF.Functions.ILike(group.Name, pattern, LikePattern.Escape) || EF.Functions.ILike(group.Description!, pattern, LikePattern.Escape))
                : groups.Where(group => EF.Functions.Like(group.Name, pattern, LikePattern.Escape) || EF.Functions.Like(group.Description!, pattern, LikePattern.Escape));
        }
        IOrderedQueryable<Group> sorted = query.Descending ? groups.OrderByDescending(sort) : groups.OrderBy(sort);
        return new PageOf<GroupSummary>(
            await sorted.ThenBy(group => group.Id).AtPage(query.Page, query.PageSize, GroupQuery.LargestPage).Select(group => new GroupSummary(
                group.Id, group.Name, group.Description, group.Users.Count(user => user.DeletedAt == null),
                group.Endpoints.OrderBy(endpoint => endpoint.Name).Select(endpoint => endpoint.Name).ToList(), group.Schemes, group.ExpiryPolicy!.Name)).ToListAsync(cancellationToken),
            await groups.CountAsync(cancellationToken));
    }

    public async Task<Result<GroupDetail>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadGroups, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Group? group = await db.Groups.AsNoTracking().Include(row => row.Endpoints).Include(row => row.ExpiryPolicy).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return group is null ? NotFound : new GroupDetail(id, GroupInput.Of(group, group.ExpiryPolicy?.Name), await MembersOf(db, id).CountAsync(cancellationToken), group.Version);
    }

    /// <summary>What a group can name, for those who edit one.</summary>
    public async Task<Result<GroupChoices>> ChoicesAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadGroups, "choices", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return new GroupChoices(
            await db.ProxyEndpoints.OrderBy(row => row.Name).Select(row => row.Name).ToListAsync(cancellationToken),
            await db.ExpiryPolicies.OrderBy(row => row.Name).Select(row => row.Name).ToListAsync(cancellationToken),
            await db.ExpiryPolicies.Where(row => row.IsDefault).Select(row => row.Name).FirstOrDefaultAsync(cancellationToken));
    }

    /// <summary>Errors name the field.</summary>
    public async Task<Result<Guid>> CreateAsync(Actor actor, GroupInput input, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditGroups, "new group", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var group = new Group { Name = input.Name };
        if (await ApplyAsync(db, group, input, cancellationToken) is { } fault)
            return fault;
        db.Groups.Add(group);
        audit.Add(db, actor, AuditAction.GroupCreated, Target(group), after: GroupSnapshot.Of(group, input.ExpiryPolicy));
        return await SaveAsync(db, input.Name, cancellationToken) is { } error ? error : group.Id;
    }

    /// <summary>Saves the fields, unless someone else changed the group since <paramref name="version"/> was read.</summary>
    public async Task<Result> ChangeAsync(Actor actor, Guid id, GroupInput input, long version, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditGroups, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Group? group = await db.Groups.Include(row => row.Endpoints).Include(row => row.ExpiryPolicy).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (group is null)
            return NotFound;
        if (group.Version != version)
            return Conflict;
        GroupSnapshot before = GroupSnapshot.Of(group, group.ExpiryPolicy?.Name);
        if (await ApplyAsync(db, group, input, cancellationToken) is { } fault)
            return fault;
        audit.Add(db, actor, AuditAction.GroupChanged, Target(group), before, GroupSnapshot.Of(group, input.ExpiryPolicy));
        return await SaveAsync(db, input.Name, cancellationToken) is { } error ? error : Result.Success;
    }

    /// <summary>What would go with the group: asked before it is deleted.</summary>
    public async Task<Result<GroupLoss>> CountLossAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadGroups, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return new GroupLoss(await MembersOf(db, id).CountAsync(cancellationToken), await MembersOf(db, id).CountAsync(user => user.Groups.Count == 1, cancellationToken));
    }

    /// <summary>Deletes the group for good; its members stay, without its rules.</summary>
    public async Task<Result> DeleteAsync(Actor actor, Guid id, long version, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditGroups, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        // Without its members: there may be very many, and the database takes the memberships away by itself.
        Group? group = await db.Groups.Include(row => row.Endpoints).Include(row => row.ExpiryPolicy).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (group is null)
            return NotFound;
        if (group.Version != version)
            return Conflict;
        int members = await MembersOf(db, id).CountAsync(cancellationToken);
        db.Groups.Remove(group);
        audit.Add(db, actor, AuditAction.GroupDeleted, Target(group), before: new { Group = GroupSnapshot.Of(group, group.ExpiryPolicy?.Name), Members = members });
        return await SaveAsync(db, group.Name, cancellationToken) is { } error ? error : Result.Success;
    }

    internal static AuditTarget Target(Group group) => new("group", group.Id, group.Name);

    internal static IQueryable<Users.User> MembersOf(PortalDbContext db, Guid id) =>
        db.Groups.Where(group => group.Id == id).SelectMany(group => group.Users).Where(user => user.DeletedAt == null);

    private static async Task<Error?> ApplyAsync(PortalDbContext db, Group group, GroupInput input, CancellationToken cancellationToken)
    {
        if (GroupInputRules.Check(input) is { } fault)
            return fault;
        if (await db.Groups.AnyAsync(row => row.Id != group.Id && row.Name == input.Name, cancellationToken))
            return Taken(input.Name);
        List<ProxyEndpoint> endpoints = await db.ProxyEndpoints.Where(row => EF.Parameter(input.Endpoints).Contains(row.Name)).ToListAsync(cancellationToken);
        if (input.Endpoints.Any(name => endpoints.TrueForAll(row => row.Name != name)))
            return new Error("endpoints_invalid", $"There is no endpoint {input.Endpoints.First(name => endpoints.TrueForAll(row => row.Name != name))}.", "endpoints");
        ExpiryPolicy? policy = input.ExpiryPolicy is null ? null : await db.ExpiryPolicies.SingleOrDefaultAsync(row => row.Name == input.ExpiryPolicy, cancellationToken);
        if (policy is null && input.ExpiryPolicy is not null)
            return new Error("expiryPolicy_invalid", $"There is no expiry policy {input.ExpiryPolicy}.", "expiryPolicy");
        // The endpoints stand elsewhere, but who edits them edits the group: two who do so at once must not both win.
        if (GroupFields.Apply(group, input, endpoints, policy) && db.Entry(group).State is not EntityState.Detached)
            db.Entry(group).Property(row => row.Name).IsModified = true;
        return null;
    }

    private static async Task<Error?> SaveAsync(PortalDbContext db, string name, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Conflict;
        }
        catch (DbUpdateException exception) when (UniqueViolation.Caused(exception))
        {
            // Two at once: the unique index decided.
            return Taken(name);
        }
    }

    private static Error Taken(string name) => new("name_taken", $"There is already a group {name}.", "name");
}
