using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>All groups, and the policy that holds where none of them names one: what rules follow from.</summary>
/// <param name="Groups">By id.</param>
/// <param name="Standard">The default policy.</param>
internal sealed record GroupRuleSet(IReadOnlyDictionary<Guid, GroupRules> Groups, PolicyRules? Standard)
{
    public static GroupRuleSet Empty { get; } = new(new Dictionary<Guid, GroupRules>(), null);

    /// <summary>What holds for whoever is in just these groups. A group that is gone leaves its members to their other groups.</summary>
    public AccessRules RulesOf(IReadOnlyList<Guid> ids)
    {
        GroupRules[] groups = Of(ids);
        return groups.Length == 0 && Standard is null ? AccessRules.Unrestricted : MemberRules.Strictest(groups, Standard);
    }

    /// <summary>The groups that there are, by name.</summary>
    public GroupRules[] Of(IReadOnlyList<Guid> ids) => [.. ids.Select(id => Groups.GetValueOrDefault(id)).OfType<GroupRules>().OrderBy(group => group.Name, StringComparer.Ordinal)];
}
