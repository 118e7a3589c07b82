using System.Globalization;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>A policy in one line.</summary>
internal static class ExpiryPolicyWords
{
    public static string Of(ExpiryPolicyInput policy)
    {
        List<string> parts = [];
        if (policy.DeviceSecretMaxAgeDays is { } age)
            parts.Add($"device secrets end after {Plural(age, "day")}");
        if (policy.PasswordMaxAgeDays is { } password)
            parts.Add($"passwords end after {Plural(password, "day")}");
        if (policy.IdleDays is { } idle)
            parts.Add($"unused accounts end after {Plural(idle, "day")}");
        if (policy.PasswordMinLength is { } length)
            parts.Add($"passwords have at least {Plural(length, "character")}");
        if (policy.PasswordHistory is > 0 and var history)
            parts.Add($"the last {Plural(history, "password")} may not be chosen again");
        string text = parts.Count == 0 ? "nothing ends by itself" : string.Join("; ", parts);
        return char.ToUpperInvariant(text[0]) + text[1..] + ".";
    }

    public static string Plural(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
