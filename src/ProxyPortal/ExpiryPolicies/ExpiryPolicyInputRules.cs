using System.Globalization;
using ProxyPortal.Core;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Proxies;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>What a policy's fields may hold, whoever sends them: page, bootstrap file, API.</summary>
internal static class ExpiryPolicyInputRules
{
    public const int LongestDays = 3650;
    public const int LongestOverlapHours = 24 * 30;
    public const int LongestGraceDays = 90;
    public const int LongestJitterDays = 90;
    public const int MostWarnings = 20;
    public const int MostHolidays = 400;
    public const int LongestHistory = 24;
    private const int FirstYear = 2000;
    private const int LastYear = 2099;

    /// <summary>The first fault, by field.</summary>
    public static Error? Check(ExpiryPolicyInput input) =>
        ProxyInputRules.CheckName(input.Name)
        ?? Within(input.DeviceSecretMaxAgeDays, 1, LongestDays, "deviceSecretMaxAgeDays", "days")
        ?? Within(input.OverlapHours, 0, LongestOverlapHours, "overlapHours", "hours")
        ?? Within(input.IdleDays, 1, LongestDays, "idleDays", "days")
        ?? Warnings(input.WarnDays, "warnDays") ?? Warnings(input.WarnDaysAfter, "warnDaysAfter")
        ?? Within(input.GraceDays, 0, LongestGraceDays, "graceDays", "days")
        ?? Within(input.JitterDays, 0, LongestJitterDays, "jitterDays", "days")
        ?? CheckHolidays(input)
        ?? Within(input.PasswordMaxAgeDays, 1, LongestDays, "passwordMaxAgeDays", "days")
        ?? Within(input.PasswordMinLength, PasswordRules.MinCodePoints, PasswordText.MaxCodePoints, "passwordMinLength", "characters")
        ?? Within(input.PasswordHistory, 0, LongestHistory, "passwordHistory", "passwords")
        ?? CheckTogether(input);

    /// <summary>What only several fields show.</summary>
    public static Error? CheckTogether(ExpiryPolicyInput input)
    {
        int? shortest = input.DeviceSecretMaxAgeDays < input.PasswordMaxAgeDays || input.PasswordMaxAgeDays is null ? input.DeviceSecretMaxAgeDays : input.PasswordMaxAgeDays;
        // A secret that may end on any of more days than it lasts would be dead before it is handed over.
        return input.JitterDays is > 0 and var jitter && jitter >= shortest
            ? new Error("jitterDays_invalid", string.Create(CultureInfo.InvariantCulture, $"Secrets last {shortest} days: they can end at most {shortest - 1} days earlier."), "jitterDays") : null;
    }

    public static Error? CheckHolidays(ExpiryPolicyInput input) =>
        input.Holidays.Count > MostHolidays ? new Error("holidays_invalid", $"Name at most {MostHolidays} holidays.", "holidays")
        : input.Holidays.Any(day => day.Year is < FirstYear or > LastYear) ? new Error("holidays_invalid", $"Holidays lie between {FirstYear} and {LastYear}.", "holidays") : null;

    private static Error? Warnings(IReadOnlyList<int> days, string field) =>
        days.Count > MostWarnings ? new Error($"{field}_invalid", $"Name at most {MostWarnings} days.", field)
        : days.Select(day => Within(day, 1, LongestDays, field, "days")).FirstOrDefault(fault => fault is not null);

    private static Error? Within(int? value, int least, int most, string field, string unit) => value is null || (value >= least && value <= most) ? null
        : new Error($"{field}_invalid", string.Create(CultureInfo.InvariantCulture, $"This is a whole number of {unit} from {least} to {most}."), field);
}
