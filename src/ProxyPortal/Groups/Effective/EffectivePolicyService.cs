using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Users;
using ProxyPortal.Verification;

namespace ProxyPortal.Groups.Effective;

/// <summary>What holds for a user or for the members of a group, and what decides it.</summary>
public sealed class EffectivePolicyService(IDbContextFactory<PortalDbContext> contexts, AccessControl access)
{
    public async Task<Result<EffectivePolicy>> OfUserAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadUsers, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (await access.ScopeOfAsync(actor, cancellationToken)).Of(db.Users).AnyAsync(user => user.Id == id, cancellationToken)
            ? await DescribeAsync(db, db.Groups.Where(group => group.Users.Any(user => user.Id == id)), cancellationToken) : UserService.NotFound;
    }

    /// <summary>The same for a user by user-id. Errors: <c>not_found</c>.</summary>
    public async Task<Result<EffectivePolicy>> OfUserAsync(Actor actor, string userId, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(userId, out Guid id))
            return await OfUserAsync(actor, id, cancellationToken);
        if (await access.RequireAsync(actor, Permission.ReadUsers, "effective policy", cancellationToken) is { } refused)
            return refused;
        if (UserId.Create(userId) is not { Succeeded: true } folded)
            return UserService.NotFound;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Guid found = await db.Users.Where(user => user.NormalizedUserName == folded.Value).Select(user => user.Id).SingleOrDefaultAsync(cancellationToken);
        return await OfUserAsync(actor, found, cancellationToken);
    }

    /// <summary>What holds for who is in this group only.</summary>
    public async Task<Result<EffectivePolicy>> OfGroupAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.ReadGroups, id.ToString(), cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Groups.AnyAsync(group => group.Id == id, cancellationToken)
            ? await DescribeAsync(db, db.Groups.Where(group => group.Id == id), cancellationToken) : GroupService.NotFound;
    }

    private static async Task<EffectivePolicy> DescribeAsync(PortalDbContext db, IQueryable<Group> groups, CancellationToken cancellationToken)
    {
        GroupRuleSet rules = await db.ReadGroupRulesAsync(cancellationToken);
        Dictionary<Guid, string> endpoints = await db.ProxyEndpoints.ToDictionaryAsync(endpoint => endpoint.Id, endpoint => endpoint.Name, cancellationToken);
        return new EffectiveRules(rules.Of(await groups.Select(group => group.Id).ToListAsync(cancellationToken)), rules.Standard, endpoints).Describe();
    }
}
