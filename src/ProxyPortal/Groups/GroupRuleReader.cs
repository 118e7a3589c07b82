using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Verification;

namespace ProxyPortal.Groups;

/// <summary>Reads the rules of all groups: for verification, and for whoever says or asks what it would decide.</summary>
internal static class GroupRuleReader
{
    public static async Task<GroupRuleSet> ReadGroupRulesAsync(this PortalDbContext db, CancellationToken cancellationToken)
    {
        Dictionary<Guid, GroupRules> groups = await db.Groups.AsNoTracking().Include(group => group.Endpoints).Include(group => group.ExpiryPolicy)
            .ToDictionaryAsync(group => group.Id, GroupRules.Of, cancellationToken);
        ExpiryPolicy? standard = await db.ExpiryPolicies.AsNoTracking().OrderBy(policy => policy.Id).FirstOrDefaultAsync(policy => policy.IsDefault, cancellationToken);
        return new GroupRuleSet(groups, standard is null ? null : PolicyRules.Of(standard));
    }
}
