using ProxyPortal.Core.Verification;
using ProxyPortal.ExpiryPolicies.Impact;

namespace ProxyPortal.MyAccess;

/// <summary>What a proxy would say to one login, as far as it depends on account and credential.</summary>
/// <param name="Login">What is typed to the proxy.</param>
/// <param name="DeviceId">Null for the account's own password.</param>
/// <param name="Reason">Why it is refused now; None = it is not.</param>
/// <param name="Until">When it ends by itself; null = never.</param>
/// <param name="EndsBy">What ends it then.</param>
public sealed record LoginVerdict(string Login, Guid? DeviceId, RejectionReason Reason, DateTimeOffset? Until, RejectionReason EndsBy);

/// <summary>Whether somebody gets through now, by the rules and from the memory by which verification decides.</summary>
/// <param name="Reason">Why nobody of this account gets through; None = some login does. Null = there is nothing to sign in with.</param>
/// <param name="Until">Until when the login that lasts longest does; null = without end.</param>
/// <param name="EndsBy">What ends that.</param>
/// <param name="Logins">Each by itself.</param>
public sealed record AccessVerdict(RejectionReason? Reason, DateTimeOffset? Until, RejectionReason EndsBy, IReadOnlyList<LoginVerdict> Logins)
{
    // From what ends everything to what one more device mends: of several reasons the first is said.
    private static readonly RejectionReason[] Order =
    [
        RejectionReason.AccountSuspended, RejectionReason.AccountNotYetValid, RejectionReason.AccountExpired, RejectionReason.AccountIdle, RejectionReason.MustChange,
        RejectionReason.CredentialExpired, RejectionReason.CredentialRevoked, RejectionReason.DeviceRequested, RejectionReason.DeviceRevoked, RejectionReason.DeviceExpired,
        RejectionReason.DeviceRequired,
    ];

    public static AccessVerdict Nothing { get; } = new(null, null, RejectionReason.None, []);

    public bool IsOpen => Reason is RejectionReason.None;

    internal static AccessVerdict Of(UserModel user, DateTimeOffset at)
    {
        AccessRules rules = user.Access.Now;
        long now = at.UtcTicks;
        LoginVerdict[] logins = [.. Standing.Of(user).Select(login => Of(login, rules, now))];
        if (logins.Length == 0)
            return Nothing with { Reason = OfAccount(user, rules, now) };
        LoginVerdict[] open = [.. logins.Where(login => login.Reason is RejectionReason.None)];
        if (open.Length == 0)
            return new AccessVerdict(logins.Select(login => login.Reason).MinBy(reason => Array.IndexOf(Order, reason)), null, RejectionReason.None, logins);
        LoginVerdict longest = open.MaxBy(login => login.Until ?? DateTimeOffset.MaxValue)!;
        return new AccessVerdict(rules.OpenUntil(now) > now ? RejectionReason.None : RejectionReason.TimeNotAllowed, longest.Until, longest.EndsBy, logins);
    }

    // With nothing to sign in with, only what ends the account itself is worth saying.
    private static RejectionReason? OfAccount(UserModel user, AccessRules rules, long now) => new Standing(user, null).ReasonAt(rules, now) is
        (RejectionReason.AccountSuspended or RejectionReason.AccountNotYetValid or RejectionReason.AccountExpired) and var reason ? reason : null;

    private static LoginVerdict Of(Standing login, AccessRules rules, long now)
    {
        RejectionReason reason = login.ReasonAt(rules, now);
        long until = login.RefusedFrom(rules, now);
        bool ends = reason is RejectionReason.None && until < DateTimeOffset.MaxValue.UtcTicks;
        return new LoginVerdict(login.Login, login.Device?.Id, reason, ends ? new DateTimeOffset(until, TimeSpan.Zero) : null, ends ? login.ReasonAt(rules, until) : RejectionReason.None);
    }
}
