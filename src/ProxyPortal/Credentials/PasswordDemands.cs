using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Verification;

namespace ProxyPortal.Credentials;

/// <summary>What the policies of a user's groups, or the default one, ask of the next password.</summary>
/// <param name="MinCodePoints">Never below <see cref="PasswordRules.MinCodePoints"/>.</param>
/// <param name="History">How many of the last passwords, the present one included, may not be chosen again.</param>
internal sealed record PasswordDemands(int MinCodePoints, int History)
{
    public static async Task<PasswordDemands> OfAsync(PortalDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        GroupRuleSet rules = await db.ReadGroupRulesAsync(cancellationToken);
        List<Guid> groups = await db.Users.Where(user => user.Id == userId).SelectMany(user => user.Groups).Select(group => group.Id).ToListAsync(cancellationToken);
        IReadOnlyList<PolicyRules> policies = MemberRules.PoliciesOf(rules.Of(groups), rules.Standard);
        return new PasswordDemands(Math.Max(PasswordRules.MinCodePoints, policies.Max(policy => policy.PasswordMinLength) ?? 0), policies.Max(policy => policy.PasswordHistory) ?? 0);
    }
}
