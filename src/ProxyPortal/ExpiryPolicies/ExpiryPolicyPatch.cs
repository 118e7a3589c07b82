namespace ProxyPortal.ExpiryPolicies;

/// <summary>Some fields of a policy, from the API or a bootstrap file: what is not named stays, null takes a rule away.</summary>
internal sealed record ExpiryPolicyPatch
{
    public Given<string> Name { get; init; }

    public Given<bool?> IsDefault { get; init; }

    public Given<int?> DeviceSecretMaxAgeDays { get; init; }

    public Given<int?> OverlapHours { get; init; }

    public Given<int?> IdleDays { get; init; }

    public Given<IReadOnlyList<int>> WarnDays { get; init; }

    public Given<bool?> WarnsOnTheDay { get; init; }

    public Given<IReadOnlyList<int>> WarnDaysAfter { get; init; }

    public Given<int?> GraceDays { get; init; }

    public Given<int?> JitterDays { get; init; }

    public Given<bool?> SparesDaysOff { get; init; }

    public Given<IReadOnlyList<DateOnly>> Holidays { get; init; }

    public Given<int?> PasswordMaxAgeDays { get; init; }

    public Given<int?> PasswordMinLength { get; init; }

    public Given<int?> PasswordHistory { get; init; }

    public ExpiryPolicyInput Over(ExpiryPolicyInput now) => now with
    {
        Name = Name.Or(now.Name) ?? "",
        IsDefault = IsDefault.Or(now.IsDefault) ?? false,
        DeviceSecretMaxAgeDays = DeviceSecretMaxAgeDays.Or(now.DeviceSecretMaxAgeDays),
        OverlapHours = OverlapHours.Or(now.OverlapHours),
        IdleDays = IdleDays.Or(now.IdleDays),
        WarnDays = WarnDays.Or(now.WarnDays) ?? [],
        WarnsOnTheDay = WarnsOnTheDay.Or(now.WarnsOnTheDay) ?? true,
        WarnDaysAfter = WarnDaysAfter.Or(now.WarnDaysAfter) ?? [],
        GraceDays = GraceDays.Or(now.GraceDays),
        JitterDays = JitterDays.Or(now.JitterDays),
        SparesDaysOff = SparesDaysOff.Or(now.SparesDaysOff) ?? false,
        Holidays = Holidays.Or(now.Holidays) ?? [],
        PasswordMaxAgeDays = PasswordMaxAgeDays.Or(now.PasswordMaxAgeDays),
        PasswordMinLength = PasswordMinLength.Or(now.PasswordMinLength),
        PasswordHistory = PasswordHistory.Or(now.PasswordHistory),
    };
}
