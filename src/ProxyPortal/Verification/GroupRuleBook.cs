using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>The groups as loaded, and what they come to for each combination of them that occurs. For one writer.</summary>
internal sealed class GroupRuleBook
{
    private readonly Dictionary<string, SharedAccess> _combinations = new(StringComparer.Ordinal);
    private GroupRuleSet _rules = GroupRuleSet.Empty;

    /// <summary>Takes over the groups and the default policy as they are now, for everyone.</summary>
    public void Replace(GroupRuleSet rules)
    {
        _rules = rules;
        foreach (SharedAccess access in _combinations.Values)
            access.Replace(rules.RulesOf(access.Groups));
    }

    /// <summary>What holds for whoever is in just these groups, now and after every later change.</summary>
    public SharedAccess Of(IEnumerable<Guid> groups)
    {
        Guid[] sorted = [.. groups.Order()];
        string key = string.Join(',', sorted);
        if (!_combinations.TryGetValue(key, out SharedAccess? access))
            _combinations[key] = access = new SharedAccess(_rules.RulesOf(sorted), sorted);
        return access;
    }
}
