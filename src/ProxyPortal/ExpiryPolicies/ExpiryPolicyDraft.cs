using System.Globalization;
using ProxyPortal.Core;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>A policy as it is being typed: numbers are texts until they are read.</summary>
public sealed class ExpiryPolicyDraft
{
    private static readonly char[] Separators = [',', ';', ' ', '\n', '\r'];

    public string Name { get; set; } = "";

    public bool IsDefault { get; set; }

    public string? DeviceSecretMaxAgeDays { get; set; }

    public string? OverlapHours { get; set; }

    public string? IdleDays { get; set; }

    public string? WarnDays { get; set; } = "14, 7, 3, 1";

    public bool WarnsOnTheDay { get; set; } = true;

    public string? WarnDaysAfter { get; set; }

    public string? GraceDays { get; set; }

    public string? JitterDays { get; set; }

    public bool SparesDaysOff { get; set; }

    public string? Holidays { get; set; }

    /// <summary>Whether passwords end by age at all.</summary>
    public bool EndsPasswords { get; set; }

    public string? PasswordMaxAgeDays { get; set; }

    public string? PasswordMinLength { get; set; }

    public string? PasswordHistory { get; set; }

    public static ExpiryPolicyDraft Of(ExpiryPolicyInput policy) => new()
    {
        Name = policy.Name,
        IsDefault = policy.IsDefault,
        DeviceSecretMaxAgeDays = Text(policy.DeviceSecretMaxAgeDays),
        OverlapHours = Text(policy.OverlapHours),
        IdleDays = Text(policy.IdleDays),
        WarnDays = string.Join(", ", policy.WarnDays),
        WarnsOnTheDay = policy.WarnsOnTheDay,
        WarnDaysAfter = string.Join(", ", policy.WarnDaysAfter),
        GraceDays = Text(policy.GraceDays),
        JitterDays = Text(policy.JitterDays),
        SparesDaysOff = policy.SparesDaysOff,
        Holidays = string.Join('\n', policy.Holidays.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        EndsPasswords = policy.PasswordMaxAgeDays is not null,
        PasswordMaxAgeDays = Text(policy.PasswordMaxAgeDays),
        PasswordMinLength = Text(policy.PasswordMinLength),
        PasswordHistory = Text(policy.PasswordHistory),
    };

    /// <summary>The fields, or the first in which no number or day stands. What the numbers may be the service knows.</summary>
    public Result<ExpiryPolicyInput> ToInput()
    {
        Error? fault = null;
        var input = new ExpiryPolicyInput
        {
            Name = Name.Trim(),
            IsDefault = IsDefault,
            DeviceSecretMaxAgeDays = Number(DeviceSecretMaxAgeDays, "deviceSecretMaxAgeDays", ref fault),
            OverlapHours = Number(OverlapHours, "overlapHours", ref fault),
            IdleDays = Number(IdleDays, "idleDays", ref fault),
            WarnDays = Numbers(WarnDays, "warnDays", ref fault),
            WarnsOnTheDay = WarnsOnTheDay,
            WarnDaysAfter = Numbers(WarnDaysAfter, "warnDaysAfter", ref fault),
            GraceDays = Number(GraceDays, "graceDays", ref fault),
            JitterDays = Number(JitterDays, "jitterDays", ref fault),
            SparesDaysOff = SparesDaysOff,
            Holidays = Days(Holidays, ref fault),
            PasswordMaxAgeDays = EndsPasswords ? Number(PasswordMaxAgeDays, "passwordMaxAgeDays", ref fault) : null,
            PasswordMinLength = Number(PasswordMinLength, "passwordMinLength", ref fault),
            PasswordHistory = Number(PasswordHistory, "passwordHistory", ref fault),
        };
        return fault is not null ? fault : input;
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static int? Number(string? text, string field, ref Error? fault)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return number;
        fault ??= new Error($"{field}_invalid", "This is a whole number, written in digits.", field);
        return null;
    }

    private static List<int> Numbers(string? text, string field, ref Error? fault)
    {
        List<int> numbers = [];
        foreach (string part in (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Number(part, field, ref fault) is { } number)
                numbers.Add(number);
        }
        return numbers;
    }

    private static List<DateOnly> Days(string? text, ref Error? fault)
    {
        List<DateOnly> days = [];
        foreach (string part in (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (DateOnly.TryParseExact(part, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
                days.Add(day);
            else
                fault ??= new Error("holidays_invalid", "Days are written as 2026-12-25, one to a line.", "holidays");
        }
        return days;
    }
}
