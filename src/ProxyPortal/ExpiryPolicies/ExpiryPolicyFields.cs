using System.Globalization;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>Writes fields that were checked into a policy.</summary>
internal static class ExpiryPolicyFields
{
    public static void Apply(ExpiryPolicy row, ExpiryPolicyInput input)
    {
        (row.Name, row.IsDefault) = (input.Name, input.IsDefault);
        (row.DeviceSecretMaxAgeDays, row.OverlapHours, row.IdleDays) = (input.DeviceSecretMaxAgeDays, input.OverlapHours, input.IdleDays);
        (row.WarnsOnTheDay, row.GraceDays, row.JitterDays, row.SparesDaysOff) = (input.WarnsOnTheDay, input.GraceDays, input.JitterDays, input.SparesDaysOff);
        (row.PasswordMaxAgeDays, row.PasswordMinLength, row.PasswordHistory) = (input.PasswordMaxAgeDays, input.PasswordMinLength, input.PasswordHistory);
        // As they were given: a list that is only sorted anew is no change.
        if (!row.WarnDays.SequenceEqual(input.WarnDays))
            row.WarnDays = [.. input.WarnDays];
        if (!row.WarnDaysAfter.SequenceEqual(input.WarnDaysAfter))
            row.WarnDaysAfter = [.. input.WarnDaysAfter];
        if (!row.Holidays.SequenceEqual(input.Holidays))
            row.Holidays = [.. input.Holidays];
    }
}

/// <summary>A policy in the audit trail.</summary>
internal sealed record ExpiryPolicySnapshot(
    string Name, bool IsDefault, int? DeviceSecretMaxAgeDays, int? OverlapHours, int? IdleDays, string WarnDays, bool WarnsOnTheDay, string WarnDaysAfter,
    int? GraceDays, int? JitterDays, bool SparesDaysOff, string Holidays, int? PasswordMaxAgeDays, int? PasswordMinLength, int? PasswordHistory)
{
    public static ExpiryPolicySnapshot Of(ExpiryPolicy row) => new(
        row.Name, row.IsDefault, row.DeviceSecretMaxAgeDays, row.OverlapHours, row.IdleDays, string.Join(' ', row.WarnDays), row.WarnsOnTheDay, string.Join(' ', row.WarnDaysAfter),
        row.GraceDays, row.JitterDays, row.SparesDaysOff, string.Join(' ', row.Holidays.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        row.PasswordMaxAgeDays, row.PasswordMinLength, row.PasswordHistory);
}
