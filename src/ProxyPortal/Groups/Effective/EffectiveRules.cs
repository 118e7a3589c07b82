using System.Globalization;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Verification;

namespace ProxyPortal.Groups.Effective;

/// <summary>Says what holds for the members of some groups and which of them decides. The values are those of <see cref="MemberRules"/>, by which
/// verification decides; a property test holds the two together.</summary>
/// <param name="groups">Those of the user; none for a user without groups.</param>
/// <param name="standard">The default policy.</param>
/// <param name="endpoints">The name of every endpoint.</param>
internal sealed class EffectiveRules(IReadOnlyList<GroupRules> groups, PolicyRules? standard, IReadOnlyDictionary<Guid, string> endpoints)
{
    private readonly AccessRules _access = MemberRules.Strictest(groups, standard);
    private readonly IReadOnlyList<PolicyRules> _policies = MemberRules.PoliciesOf(groups, standard);

    public EffectivePolicy Describe() => new(
    [
        OfEndpoints(), OfSchemes(), OfNetworks(), OfHours(),
        OfFlag(PolicyRule.DeviceSecretsOnly, _access.DeviceSecretsOnly, group => group.DeviceSecretsOnly, "Refused: only the secrets of devices open a proxy", "Opens a proxy"),
        OfIdle(), OfAge(PolicyRule.DeviceSecretMaxAgeDays, policy => policy.DeviceSecretMaxAgeDays),
        OfPolicies(PolicyRule.OverlapHours, policy => policy.OverlapHours, hours => $"{Plural(hours, "hour")} in which the old and the new secret both work", "A replaced secret ends at once", smallest: true),
        OfAge(PolicyRule.PasswordMaxAgeDays, policy => policy.PasswordMaxAgeDays),
        OfPolicies(PolicyRule.PasswordMinLength, policy => policy.PasswordMinLength is { } length && length > PasswordRules.MinCodePoints ? length : null,
            length => $"At least {Plural(length, "character")}", $"At least {PasswordRules.MinCodePoints} characters, as for everyone", smallest: false),
        OfPolicies(PolicyRule.PasswordHistory, policy => policy.PasswordHistory is > 0 and var count ? count : null, count => $"The last {count} may not be chosen again", "May be chosen again", smallest: false),
        OfDeviceLimit(),
        OfFlag(PolicyRule.DevicesNeedApproval, groups.Any(group => group.DevicesNeedApproval), group => group.DevicesNeedApproval, "Wait until someone approves them", "Work at once"),
    ]);

    private PolicyLine OfEndpoints()
    {
        if (_access.Endpoints is not { } allowed)
            return NoRule(PolicyRule.Endpoints, "Every endpoint");
        string[] names = [.. allowed.Select(id => endpoints.GetValueOrDefault(id)).OfType<string>().Order(StringComparer.Ordinal)];
        return new(PolicyRule.Endpoints, names, names.Length == 0 ? "None: its groups have no endpoint in common" : string.Join(", ", names),
            Deciders(groups.Where(group => group.Endpoints.Length > 0), group => allowed.SetEquals(group.Endpoints)));
    }

    private PolicyLine OfSchemes()
    {
        GroupRules[] ruling = [.. groups.Where(group => group.Schemes is not null)];
        if (ruling.Length == 0)
            return NoRule(PolicyRule.Schemes, "Every scheme that the endpoint offers");
        string[] names = [.. AuthScheme.Names(_access.Schemes)];
        return new(PolicyRule.Schemes, names, names.Length == 0 ? "None: its groups have no scheme in common" : string.Join(", ", names), Deciders(ruling, group => group.Schemes == _access.Schemes));
    }

    private PolicyLine OfNetworks()
    {
        GroupRules[] ruling = [.. groups.Where(group => group.Networks.Count > 0)];
        return ruling.Length == 0 ? NoRule(PolicyRule.Networks, "From anywhere") : new(
            PolicyRule.Networks, ruling.Select(group => group.Networks).ToArray(), All(ruling.Select(group => string.Join(" or ", group.Networks))), Sources(ruling));
    }

    private PolicyLine OfHours()
    {
        GroupRules[] ruling = [.. groups.Where(group => group.Hours is not null)];
        return ruling.Length == 0 ? NoRule(PolicyRule.Hours, "At any time") : new(
            PolicyRule.Hours, ruling.Select(HoursOf).ToArray(), All(ruling.Select(HoursOf)), Sources(ruling));
    }

    private PolicyLine OfIdle() => OfPolicies(
        PolicyRule.IdleDays, policy => policy.IdleDays, days => $"Ends after {Plural(days, "day")} without use", "An account that is not used does not end", smallest: true);

    // The earliest end counts. Which policy brings it can depend on the secret: all that can are named, and the value is the latest that it can be.
    private PolicyLine OfAge(string rule, Func<PolicyRules, int?> age)
    {
        PolicyRules[] ruling = [.. _policies.Where(policy => age(policy) is not null)];
        if (ruling.Length == 0)
            return NoRule(rule, "No limit");
        int latest = ruling.Min(Latest);
        PolicyRules[] first = [.. ruling.Where(policy => Latest(policy) - (policy.JitterDays ?? 0) <= latest)];
        return new(rule, latest, string.Join("; or, where that is earlier, ", first.Select(policy => AgeOf(policy, age(policy)!.Value))), Sources(first));

        int Latest(PolicyRules policy) => age(policy)!.Value + (policy.GraceDays ?? 0);
    }

    private static string AgeOf(PolicyRules policy, int age)
    {
        string text = Plural(age, "day");
        if (policy.JitterDays is > 0 and var jitter)
            text += $", up to {jitter} earlier";
        if (policy.GraceDays is > 0 and var grace)
            text += $", {Plural(grace, "day")} of grace";
        return policy.SparesDaysOff ? text + ", never on a day off" : text;
    }

    private PolicyLine OfDeviceLimit() => groups.Min(group => group.DeviceLimit) is not { } limit ? NoRule(PolicyRule.DeviceLimit, "As many as wished")
        : new(PolicyRule.DeviceLimit, limit, limit == 0 ? "None" : $"At most {Plural(limit, "device")}", Sources(groups.Where(group => group.DeviceLimit == limit)));

    private PolicyLine OfPolicies(string rule, Func<PolicyRules, int?> value, Func<int, string> text, string absent, bool smallest)
    {
        int? strictest = smallest ? _policies.Min(value) : _policies.Max(value);
        return strictest is not { } known ? NoRule(rule, absent) : new(rule, known, text(known), Sources(_policies.Where(policy => value(policy) == known)));
    }

    private PolicyLine OfFlag(string rule, bool isSet, Func<GroupRules, bool> says, string set, string unset) =>
        isSet ? new(rule, true, set, Sources(groups.Where(says))) : new(rule, false, unset, [PolicySource.None]);

    private static PolicyLine NoRule(string rule, string text) => new(rule, null, text, [PolicySource.None]);

    // Where one group alone says just what holds, it decides; otherwise all that say something do, together.
    private static PolicySource[] Deciders(IEnumerable<GroupRules> ruling, Func<GroupRules, bool> decides) =>
        ruling.Where(decides).ToArray() is { Length: > 0 } alone ? Sources(alone) : Sources(ruling);

    private static PolicySource[] Sources(IEnumerable<GroupRules> ruling) => [.. ruling.Select(group => new PolicySource(PolicySourceKind.Group, group.Id, group.Name))];

    private PolicySource[] Sources(IEnumerable<PolicyRules> ruling)
    {
        PolicySourceKind kind = groups.Any(group => group.Policy is not null) ? PolicySourceKind.Policy : PolicySourceKind.Default;
        return [.. ruling.Select(policy => new PolicySource(kind, policy.Id, policy.Name))];
    }

    private static string HoursOf(GroupRules group) => $"{group.Hours} ({group.TimeZone ?? "UTC"})";

    private static string All(IEnumerable<string> each) => string.Join("; and also ", each);

    private static string Plural(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
