namespace ProxyPortal.Groups.Effective;

/// <summary>Where a rule comes from.</summary>
public enum PolicySourceKind
{
    /// <summary>There is no such rule.</summary>
    None = 0,

    /// <summary>A group.</summary>
    Group = 1,

    /// <summary>An expiry policy that a group names.</summary>
    Policy = 2,

    /// <summary>The default policy, because no group names one.</summary>
    Default = 3,
}

/// <summary>What decides a line. A line with several holds by all of them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Of the group or policy; null for <see cref="PolicySourceKind.None"/>.</param>
/// <param name="Name">Its name.</param>
public sealed record PolicySource(PolicySourceKind Kind, Guid? Id, string? Name)
{
    public static PolicySource None { get; } = new(PolicySourceKind.None, null, null);
}

/// <summary>One rule that holds.</summary>
/// <param name="Rule">Its name, as in the API.</param>
/// <param name="Value">A list of texts (for networks and hours a list for each group, all of which must hold), a number, true or false; null = no rule.</param>
/// <param name="Text">The same for people.</param>
/// <param name="Sources">What decides; never empty.</param>
public sealed record PolicyLine(string Rule, object? Value, string Text, IReadOnlyList<PolicySource> Sources);

/// <summary>Everything that holds for a user, or for who is in one group only.</summary>
public sealed record EffectivePolicy(IReadOnlyList<PolicyLine> Lines)
{
    public PolicyLine this[string rule] => Lines.Single(line => line.Rule == rule);
}

/// <summary>The names of the lines, in the order in which they are shown.</summary>
public static class PolicyRule
{
    public const string Endpoints = "endpoints";
    public const string Schemes = "schemes";
    public const string Networks = "networks";
    public const string Hours = "hours";
    public const string DeviceSecretsOnly = "deviceSecretsOnly";
    public const string IdleDays = "idleDays";
    public const string DeviceSecretMaxAgeDays = "deviceSecretMaxAgeDays";
    public const string OverlapHours = "overlapHours";
    public const string PasswordMaxAgeDays = "passwordMaxAgeDays";
    public const string PasswordMinLength = "passwordMinLength";
    public const string PasswordHistory = "passwordHistory";
    public const string DeviceLimit = "deviceLimit";
    public const string DevicesNeedApproval = "devicesNeedApproval";

    public static string Label(string rule) => rule switch
    {
        Endpoints => "Endpoints",
        Schemes => "Schemes",
        Networks => "Source networks",
        Hours => "Hours",
        DeviceSecretsOnly => "Own password at proxies",
        IdleDays => "Idle time",
        DeviceSecretMaxAgeDays => "Age of device secrets",
        OverlapHours => "Overlap of device secrets",
        PasswordMaxAgeDays => "Age of passwords",
        PasswordMinLength => "Length of passwords",
        PasswordHistory => "Former passwords",
        DeviceLimit => "Devices at once",
        DevicesNeedApproval => "New devices",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };
}
