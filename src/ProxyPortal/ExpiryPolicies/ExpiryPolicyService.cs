using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>When secrets and idle accounts end. Verification follows a change at once.</summary>
public sealed class ExpiryPolicyService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, AuditTrail audit)
{
    public static Error NotFound { get; } = new("not_found", "There is no such expiry policy.");

    public static Error Conflict { get; } = new("conflict", "Someone else changed this policy meanwhile. Look at the new state and try again.");

    /// <summary>All policies that match, by name: an organisation has a handful.</summary>
    public async Task<Result<PageOf<ExpiryPolicySummary>>> ListAsync(Actor actor, string? search, int page, int pageSize, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadGroups, "policies", cancellationToken) is { } refused)
            return refused;
        if (search is { Length: > LikePattern.LongestSearch })
            return new Error("search_too_long", $"Search for at most {LikePattern.LongestSearch} characters.", "search");
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<ExpiryPolicy> rows = db.ExpiryPolicies.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            string pattern = LikePattern.Containing(search.Trim().ToLowerInvariant());
            rows = rows.Where(row => EF.Functions.Like(row.Name, pattern, LikePattern.Escape));
        }
        List<ExpiryPolicy> shown = await rows.OrderBy(row => row.Name).AtPage(page, pageSize, LargestPage).ToListAsync(cancellationToken);
        Guid[] ids = [.. shown.Select(row => row.Id)];
        var groups = (await db.Groups.Where(group => ids.Contains(group.ExpiryPolicyId!.Value)).OrderBy(group => group.Name)
            .Select(group => new { group.Name, Policy = group.ExpiryPolicyId!.Value }).ToListAsync(cancellationToken)).ToLookup(group => group.Policy, group => group.Name);
        return new PageOf<ExpiryPolicySummary>([.. shown.Select(row => new ExpiryPolicySummary(row.Id, ExpiryPolicyInput.Of(row), [.. groups[row.Id]]))], await rows.CountAsync(cancellationToken));
    }

    public async Task<Result<ExpiryPolicyDetail>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadGroups, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        ExpiryPolicy? row = await db.ExpiryPolicies.AsNoTracking().SingleOrDefaultAsync(policy => policy.Id == id, cancellationToken);
        return row is null ? NotFound : new ExpiryPolicyDetail(id, ExpiryPolicyInput.Of(row),
            await db.Groups.Where(group => group.ExpiryPolicyId == id).OrderBy(group => group.Name).Select(group => new PolicyGroup(group.Id, group.Name)).ToListAsync(cancellationToken), row.Version);
    }

    /// <summary>Errors name the field.</summary>
    public async Task<Result<Guid>> CreateAsync(Actor actor, ExpiryPolicyInput input, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditGroups, "new policy", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = new ExpiryPolicy { Name = input.Name };
        if (await ApplyAsync(db, actor, row, input, cancellationToken) is { } fault)
            return fault;
        db.ExpiryPolicies.Add(row);
        audit.Add(db, actor, AuditAction.ExpiryPolicyCreated, Target(row), after: ExpiryPolicySnapshot.Of(row));
        return await SaveAsync(db, input.Name, cancellationToken) is { } error ? error : row.Id;
    }

    /// <summary>Saves the fields, unless someone else changed the policy since <paramref name="version"/> was read.</summary>
    public async Task<Result> ChangeAsync(Actor actor, Guid id, ExpiryPolicyInput input, long version, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditGroups, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.ExpiryPolicies.SingleOrDefaultAsync(policy => policy.Id == id, cancellationToken) is not { } row)
            return NotFound;
        if (row.Version != version)
            return Conflict;
        ExpiryPolicySnapshot before = ExpiryPolicySnapshot.Of(row);
        if (await ApplyAsync(db, actor, row, input, cancellationToken) is { } fault)
            return fault;
        audit.Add(db, actor, AuditAction.ExpiryPolicyChanged, Target(row), before, ExpiryPolicySnapshot.Of(row));
        return await SaveAsync(db, input.Name, cancellationToken) is { } error ? error : Result.Success;
    }

    /// <summary>Deletes a policy that no group names. Errors: <c>in_use</c>.</summary>
    public async Task<Result> DeleteAsync(Actor actor, Guid id, long version, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditGroups, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.ExpiryPolicies.SingleOrDefaultAsync(policy => policy.Id == id, cancellationToken) is not { } row)
            return NotFound;
        if (row.Version != version)
            return Conflict;
        if (await db.Groups.Where(group => group.ExpiryPolicyId == id).OrderBy(group => group.Name).Select(group => group.Name).FirstOrDefaultAsync(cancellationToken) is { } group)
            return InUse(group);
        db.ExpiryPolicies.Remove(row);
        audit.Add(db, actor, AuditAction.ExpiryPolicyDeleted, Target(row), before: ExpiryPolicySnapshot.Of(row));
        try
        {
            return await SaveAsync(db, row.Name, cancellationToken) is { } error ? error : Result.Success;
        }
        catch (DbUpdateException)
        {
            // A group took it up between the look and the deletion: the foreign key held.
            return Conflict;
        }
    }

    private const int LargestPage = 200;

    private async Task<Error?> ApplyAsync(PortalDbContext db, Actor actor, ExpiryPolicy row, ExpiryPolicyInput input, CancellationToken cancellationToken)
    {
        if (ExpiryPolicyInputRules.Check(input) is { } fault)
            return fault;
        if (await db.ExpiryPolicies.AnyAsync(policy => policy.Id != row.Id && policy.Name == input.Name, cancellationToken))
            return Taken(input.Name);
        ExpiryPolicyFields.Apply(row, input);
        if (!input.IsDefault)
            return null;
        // One default at most: the new one takes the place of the former, in the same act.
        foreach (ExpiryPolicy former in await db.ExpiryPolicies.Where(policy => policy.IsDefault && policy.Id != row.Id).ToListAsync(cancellationToken))
        {
            ExpiryPolicySnapshot before = ExpiryPolicySnapshot.Of(former);
            former.IsDefault = false;
            audit.Add(db, actor, AuditAction.ExpiryPolicyChanged, Target(former), before, ExpiryPolicySnapshot.Of(former));
        }
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
            // Two at once: a unique index decided, that of the names or that of the default.
            return await db.ExpiryPolicies.AsNoTracking().AnyAsync(policy => policy.Name == name, cancellationToken) ? Taken(name) : Conflict;
        }
    }

    private static AuditTarget Target(ExpiryPolicy row) => new("expiry_policy", row.Id, row.Name);

    private static Error Taken(string name) => new("name_taken", $"There is already an expiry policy {name}.", "name");

    private static Error InUse(string group) => new("in_use", $"The group {group} names this policy. Give the group another one first.");
}
