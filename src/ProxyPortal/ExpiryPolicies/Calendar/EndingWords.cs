using System.Globalization;

namespace ProxyPortal.ExpiryPolicies.Calendar;

/// <summary>The words for what ends, in their one place, and as they stand in an address.</summary>
internal static class EndingWords
{
    public static string Plural(EndingKind kind) => kind switch
    {
        EndingKind.Account => "Accounts",
        EndingKind.Device => "Devices",
        EndingKind.Secret => "Device secrets",
        EndingKind.Password => "Passwords",
        EndingKind.Idle => "Unused accounts",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Count(EndingKind kind, int count)
    {
        string plural = Plural(kind).ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? plural[..^1] : plural)}");
    }

    public static string Meaning(EndingKind kind) => kind switch
    {
        EndingKind.Account => "Access ends",
        EndingKind.Device => "Device approval ends",
        EndingKind.Secret => "Device secret ends by policy",
        EndingKind.Password => "Password ends by policy",
        EndingKind.Idle => "Access ends unless it is used before",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Code(EndingKind kind) => kind.ToString().ToLowerInvariant();

    public static EndingKind? Parse(string? code) => Enum.GetValues<EndingKind>().Select(kind => (EndingKind?)kind).FirstOrDefault(kind => Code(kind!.Value) == code);
}
