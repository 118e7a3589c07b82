using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>The rules of one group, as loaded.</summary>
internal sealed record GroupRules(Guid Id, string Name, AuthSchemes? Schemes, Guid[] Endpoints)
{
    public List<string> Networks { get; init; } = [];

    public string? Hours { get; init; }

    public string? TimeZone { get; init; }

    public bool DeviceSecretsOnly { get; init; }

    public int? DeviceSecretMaxAgeDays { get; init; }

    public int? PasswordMaxAgeDays { get; init; }

    public int? IdleDays { get; init; }
}

/// <summary>What holds for the members of a combination of groups.</summary>
internal sealed record MemberRules(AccessRules Access, int? DeviceSecretMaxAgeDays, int? PasswordMaxAgeDays)
{
    public static MemberRules None { get; } = new(AccessRules.Unrestricted, null, null);

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
        var access = new AccessRules([.. groups.Select(group => group.Name)], endpoints, schemes)
        {
            Networks = [.. groups.Where(group => group.Networks.Count > 0).Select(NetworksOf)],
            Hours = [.. groups.Where(group => group.Hours is not null).Select(HoursOf)],
            DeviceSecretsOnly = groups.Any(group => group.DeviceSecretsOnly),
            IdleTicks = groups.Min(group => group.IdleDays) is { } days ? days * TimeSpan.TicksPerDay : long.MaxValue,
        };
        return new(access, groups.Min(group => group.DeviceSecretMaxAgeDays), groups.Min(group => group.PasswordMaxAgeDays));
    }

    // What cannot be read any more (a zone that the system lost, say) must not set anyone free.
    private static SourceNetworks NetworksOf(GroupRules group) =>
        SourceNetworks.Parse(group.Networks, "networks") is { Succeeded: true } read ? read.Value : SourceNetworks.None;

    private static AccessHours HoursOf(GroupRules group) =>
        AccessHours.Parse(group.Hours!, group.TimeZone ?? "UTC", "hours") is { Succeeded: true } read ? read.Value : AccessHours.Never;
}
