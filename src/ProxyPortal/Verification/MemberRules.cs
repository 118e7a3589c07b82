using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Groups;

namespace ProxyPortal.Verification;

/// <summary>The rules of one group, as loaded.</summary>
internal sealed record GroupRules(Guid Id, string Name, AuthSchemes? Schemes, Guid[] Endpoints)
{
    public List<string> Networks { get; init; } = [];

    public string? Hours { get; init; }

    public string? TimeZone { get; init; }

    public bool DeviceSecretsOnly { get; init; }

    public int? DeviceLimit { get; init; }

    public bool DevicesNeedApproval { get; init; }

    public PolicyRules? Policy { get; init; }

    /// <param name="group">With its endpoints and its policy.</param>
    public static GroupRules Of(Group group) => new(group.Id, group.Name, group.Schemes, [.. group.Endpoints.Select(endpoint => endpoint.Id)])
    {
        Networks = group.Networks,
        Hours = group.Hours,
        TimeZone = group.TimeZone,
        DeviceSecretsOnly = group.DeviceSecretsOnly,
        DeviceLimit = group.DeviceLimit,
        DevicesNeedApproval = group.DevicesNeedApproval,
        Policy = group.ExpiryPolicy is { } policy ? PolicyRules.Of(policy) : null,
    };
}

/// <summary>What holds for the members of a combination of groups.</summary>
internal static class MemberRules
{
    /// <summary>A user in several groups gets the strictest rule of each kind; a group without a rule of a kind says nothing about it.
    /// Where no group names an expiry policy, <paramref name="standard"/> holds: the default policy, if there is one.</summary>
    public static AccessRules Strictest(IReadOnlyList<GroupRules> groups, PolicyRules? standard = null)
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
        IReadOnlyList<PolicyRules> policies = PoliciesOf(groups, standard);
        return new AccessRules([.. groups.Select(group => group.Name)], endpoints, schemes)
        {
            Networks = [.. groups.Where(group => group.Networks.Count > 0).Select(NetworksOf)],
            Hours = [.. groups.Where(group => group.Hours is not null).Select(HoursOf)],
            DeviceSecretsOnly = groups.Any(group => group.DeviceSecretsOnly),
            IdleTicks = AccessRules.TicksOf(policies.Min(policy => policy.IdleDays)),
            PasswordLifetimes = [.. policies.Select(policy => policy.PasswordLifetime).OfType<SecretLifetime>()],
            DeviceSecretLifetimes = [.. policies.Select(policy => policy.DeviceSecretLifetime).OfType<SecretLifetime>()],
        };
    }

    /// <summary>The policies that hold for the members: those that their groups name, or else the default one.</summary>
    public static IReadOnlyList<PolicyRules> PoliciesOf(IReadOnlyList<GroupRules> groups, PolicyRules? standard)
    {
        PolicyRules[] named = [.. groups.Select(group => group.Policy).OfType<PolicyRules>().DistinctBy(policy => policy.Id)];
        return named.Length > 0 || standard is null ? named : [standard];
    }

    // What cannot be read any more (a zone that the system lost, say) must not set anyone free.
    private static SourceNetworks NetworksOf(GroupRules group) =>
        SourceNetworks.Parse(group.Networks, "networks") is { Succeeded: true } read ? read.Value : SourceNetworks.None;

    private static AccessHours HoursOf(GroupRules group) =>
        AccessHours.Parse(group.Hours!, group.TimeZone ?? "UTC", "hours") is { Succeeded: true } read ? read.Value : AccessHours.Never;
}
