namespace ProxyPortal.ExpiryPolicies;

/// <summary>A policy as lists show it.</summary>
/// <param name="Id">The policy.</param>
/// <param name="Fields">What it says.</param>
/// <param name="Groups">The groups that name it.</param>
public sealed record ExpiryPolicySummary(Guid Id, ExpiryPolicyInput Fields, IReadOnlyList<string> Groups);

/// <summary>A policy as its own page shows it.</summary>
public sealed record ExpiryPolicyDetail(Guid Id, ExpiryPolicyInput Fields, IReadOnlyList<PolicyGroup> Groups, long Version)
{
    public string Name => Fields.Name;
}

/// <summary>A group that names a policy.</summary>
public sealed record PolicyGroup(Guid Id, string Name);

/// <summary>What may be set of an expiry policy; null = no rule.</summary>
public sealed record ExpiryPolicyInput
{
    public string Name { get; init; } = "";

    public bool IsDefault { get; init; }

    public int? DeviceSecretMaxAgeDays { get; init; }

    public int? OverlapHours { get; init; }

    public int? IdleDays { get; init; }

    public IReadOnlyList<int> WarnDays { get; init; } = [];

    public bool WarnsOnTheDay { get; init; } = true;

    public IReadOnlyList<int> WarnDaysAfter { get; init; } = [];

    public int? GraceDays { get; init; }

    public int? JitterDays { get; init; }

    public bool SparesDaysOff { get; init; }

    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    public int? PasswordMaxAgeDays { get; init; }

    public int? PasswordMinLength { get; init; }

    public int? PasswordHistory { get; init; }

    internal static ExpiryPolicyInput Of(ExpiryPolicy row) => new()
    {
        Name = row.Name,
        IsDefault = row.IsDefault,
        DeviceSecretMaxAgeDays = row.DeviceSecretMaxAgeDays,
        OverlapHours = row.OverlapHours,
        IdleDays = row.IdleDays,
        WarnDays = row.WarnDays,
        WarnsOnTheDay = row.WarnsOnTheDay,
        WarnDaysAfter = row.WarnDaysAfter,
        GraceDays = row.GraceDays,
        JitterDays = row.JitterDays,
        SparesDaysOff = row.SparesDaysOff,
        Holidays = row.Holidays,
        PasswordMaxAgeDays = row.PasswordMaxAgeDays,
        PasswordMinLength = row.PasswordMinLength,
        PasswordHistory = row.PasswordHistory,
    };
}
