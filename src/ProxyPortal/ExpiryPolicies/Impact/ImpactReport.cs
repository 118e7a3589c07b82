using System.Globalization;

namespace ProxyPortal.ExpiryPolicies.Impact;

/// <summary>How many are met.</summary>
/// <param name="Logins">Passwords and devices.</param>
/// <param name="People">Users they belong to.</param>
public sealed record ImpactCount(int Logins, int People);

/// <summary>One login that would be refused earlier than under the present rules.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Login">What is typed to the proxy.</param>
/// <param name="At">From when, if it is not used before.</param>
/// <param name="InsteadOf">From when it is refused under the present rules; null = not at all.</param>
/// <param name="Reason">The reason code.</param>
public sealed record ImpactRow(Guid UserId, string Login, DateTimeOffset At, DateTimeOffset? InsteadOf, string Reason);

/// <summary>Who would be refused that would not be refused under the present rules. Nobody is assumed to use an account meanwhile: an idle
/// one that is used stays.</summary>
/// <param name="Now">Refused at once, and not so now.</param>
/// <param name="Within7">Refused by the end of 7 days, and not so under the present rules.</param>
/// <param name="Within30">Refused by the end of 30 days, and not so under the present rules.</param>
/// <param name="PerDay">The rows, by day: at once, then for each of 30 days.</param>
/// <param name="Items">A page of the rows, the first to be met first.</param>
/// <param name="Total">How many rows there are: all that are refused within 30 days earlier than under the present rules, also those whose
/// turn would come within these days anyway.</param>
public sealed record ImpactReport(ImpactCount Now, ImpactCount Within7, ImpactCount Within30, IReadOnlyList<int> PerDay, IReadOnlyList<ImpactRow> Items, int Total)
{
    /// <summary>How far it looks ahead.</summary>
    public const int Days = 30;

    /// <summary>The same in words, for who is about to save.</summary>
    public string Consequence() => $"Unless they are renewed or used before, these are refused that would not be: {Words(Now)} at the very next check, "
        + $"{Words(Within7)} within 7 days, {Words(Within30)} within 30 days.{(Earlier == 0 ? "" : $" {ExpiryPolicyWords.Plural(Earlier, "login")} that would end within these days anyway will end earlier.")}";

    /// <summary>Those whose turn would come within these days anyway.</summary>
    internal int Earlier => Total - Within30.Logins;

    internal static string Words(ImpactCount count) => string.Create(CultureInfo.InvariantCulture, $"{count.Logins:N0} {(count.Logins == 1 ? "login" : "logins")} of {count.People:N0} {(count.People == 1 ? "person" : "people")}");
}
