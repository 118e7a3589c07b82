using System.Globalization;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>Where the state of a policy and what somebody typed differ.</summary>
internal static class ExpiryPolicyDifferences
{
    public static IEnumerable<EditDifference> Between(ExpiryPolicyInput theirs, ExpiryPolicyDraft draft)
    {
        if (draft.ToInput() is not { Succeeded: true, Value: var mine })
            return [];
        EditDifference[] all =
        [
            new("Name", theirs.Name, mine.Name),
            new("Default", Say(theirs.IsDefault), Say(mine.IsDefault)),
            new("Secrets end after", Say(theirs.DeviceSecretMaxAgeDays), Say(mine.DeviceSecretMaxAgeDays)),
            new("Overlap", Say(theirs.OverlapHours), Say(mine.OverlapHours)),
            new("Unused accounts", Say(theirs.IdleDays), Say(mine.IdleDays)),
            new("Grace", Say(theirs.GraceDays), Say(mine.GraceDays)),
            new("Jitter", Say(theirs.JitterDays), Say(mine.JitterDays)),
            new("Days off spared", Say(theirs.SparesDaysOff), Say(mine.SparesDaysOff)),
            new("Holidays", string.Join(", ", theirs.Holidays.Select(Say)), string.Join(", ", mine.Holidays.Select(Say))),
            new("Warnings before", string.Join(", ", theirs.WarnDays), string.Join(", ", mine.WarnDays)),
            new("Warning on the day", Say(theirs.WarnsOnTheDay), Say(mine.WarnsOnTheDay)),
            new("Warnings after", string.Join(", ", theirs.WarnDaysAfter), string.Join(", ", mine.WarnDaysAfter)),
            new("Passwords end after", Say(theirs.PasswordMaxAgeDays), Say(mine.PasswordMaxAgeDays)),
            new("Shortest password", Say(theirs.PasswordMinLength), Say(mine.PasswordMinLength)),
            new("Former passwords", Say(theirs.PasswordHistory), Say(mine.PasswordHistory)),
        ];
        return all.Where(row => row.Theirs != row.Mine);
    }

    private static string? Say(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Say(bool isSet) => isSet ? "Yes" : "No";

    private static string Say(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
