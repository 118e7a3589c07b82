using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>The rules of one group, as loaded.</summary>
internal sealed record GroupRules(Guid Id, string Name, AuthSchemes? Schemes, Guid[] Endpoints, int? DeviceSecretMaxAgeDays);

/// <summary>What holds for the members of a combination of groups.</summary>
internal sealed record MemberRules(AccessRules Access, int? DeviceSecretMaxAgeDays)
{
    public static MemberRules None { get; } = new(AccessRules.Unrestricted, null);

    /// <summary>A user in several groups gets the strictest rule of each kind; a group without a rule of a kind says nothing about it.</summary>
    public static MemberRules Strictest(IReadOnlyList<GroupRules> groups)
    {
        AuthSchemes schemes = groups.Aggregate((AuthSchemes)~0, (allowed, group) => allowed & (group.Schemes ?? (AuthSchemes)~0));
        HashSet<Guid>? endpoints = null;
        foreach (GroupRules group in groups.Where(group => group.Endpoints.Length > 0))
        {
            if (endpoints is null)
                endpoints = [.. group.Endpoints];
            else
                endpoints.IntersectWith(group.Endpoints);
        }
        return new(new AccessRules([.. groups.Select(group => group.Name)], endpoints, schemes), groups.Min(group => group.DeviceSecretMaxAgeDays));
    }
}
