using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Verification;

namespace ProxyPortal.ExpiryPolicies.Impact;

/// <summary>What a change of a policy would do, before it is saved.</summary>
public sealed class ImpactService
{
    public const int LargestPage = 200;
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly AccessControl _access;
    private readonly DirectoryIndex _index;
    private readonly TimeProvider _time;

    internal ImpactService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, DirectoryIndex index, TimeProvider time) =>
        (_contexts, _access, _index, _time) = (contexts, access, index, time);

    /// <summary>If the policy had these fields. A new policy (null) counts only where it is to be the default: no group names it yet.
    /// Errors: the field's, as when it is saved.</summary>
    public async Task<Result<ImpactReport>> OfPolicyAsync(Actor actor, Guid? id, ExpiryPolicyInput input, int page, int pageSize, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.ReadGroups, "impact", cancellationToken) is { } refused)
            return refused;
        if (ExpiryPolicyInputRules.Check(input) is { } fault)
            return fault;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        GroupRuleSet present = await db.ReadGroupRulesAsync(cancellationToken);
        var changed = new ExpiryPolicy { Id = id ?? Guid.CreateVersion7(), Name = input.Name };
        ExpiryPolicyFields.Apply(changed, input);
        PolicyRules policy = PolicyRules.Of(changed);
        PolicyRules? standard = input.IsDefault ? policy : present.Standard?.Id == policy.Id ? null : present.Standard;
        return Compare(present, new GroupRuleSet(
            present.Groups.ToDictionary(pair => pair.Key, pair => pair.Value.Policy?.Id == policy.Id ? pair.Value with { Policy = policy } : pair.Value), standard), page, pageSize);
    }

    /// <summary>If the group named this policy, or none. Errors: <c>not_found</c>, <c>expiryPolicy_invalid</c>.</summary>
    public async Task<Result<ImpactReport>> OfGroupAsync(Actor actor, Guid id, string? policy, int page, int pageSize, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.ReadGroups, "impact", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        GroupRuleSet present = await db.ReadGroupRulesAsync(cancellationToken);
        if (!present.Groups.TryGetValue(id, out GroupRules? group))
            return GroupService.NotFound;
        ExpiryPolicy? row = policy is null ? null : await db.ExpiryPolicies.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Name == policy, cancellationToken);
        if (row is null && policy is not null)
            return new Error("expiryPolicy_invalid", $"There is no expiry policy {policy}.", "expiryPolicy");
        GroupRules changed = group with { Policy = row is null ? null : PolicyRules.Of(row) };
        return Compare(present, present with { Groups = present.Groups.ToDictionary(pair => pair.Key, pair => pair.Key == id ? changed : pair.Value) }, page, pageSize);
    }

    private ImpactReport Compare(GroupRuleSet present, GroupRuleSet proposed, int page, int pageSize) => ImpactRules.Compare(
        _index.Snapshot(), present, proposed, _time.GetUtcNow().UtcTicks, Math.Clamp(page, 0, int.MaxValue / LargestPage), Math.Clamp(pageSize, 1, LargestPage));
}
