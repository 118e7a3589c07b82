using ProxyPortal.Publishing;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Users;

namespace ProxyPortal.MyAccess;

/// <summary>What a user may know about their own access: what they type to the proxy, whether it works now, and where to arrive.</summary>
/// <param name="Id">Of the account.</param>
/// <param name="UserId">What is typed to the proxy.</param>
/// <param name="DisplayName">The name people know.</param>
/// <param name="Role">A password of an account with one opens no proxy.</param>
/// <param name="Mail">Where mail goes.</param>
/// <param name="ValidFrom">Start of the access.</param>
/// <param name="ValidUntil">End of the access.</param>
/// <param name="Verdict">Whether it works now.</param>
/// <param name="Endpoints">Where to arrive.</param>
/// <param name="Rules">What the groups say.</param>
public sealed record MyAccessState(
    Guid Id, string UserId, string DisplayName, PortalRole Role, string? Mail, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil, AccessVerdict Verdict,
    IReadOnlyList<ConnectEndpoint> Endpoints, MyRules Rules)
{
    /// <summary>What is announced of the endpoints.</summary>
    public IReadOnlyList<PlannedChange> Changes { get; init; } = [];
}

/// <summary>What the groups of a user say, where they say anything.</summary>
/// <param name="Groups">By name.</param>
/// <param name="Hours">When a proxy may be used; all of them must be open.</param>
/// <param name="Networks">Where one may come from; an address must lie in each.</param>
/// <param name="DeviceSecretsOnly">The own password opens no proxy.</param>
/// <param name="DeviceLimit">Devices at once; null = any number.</param>
/// <param name="DevicesNeedApproval">What the user adds waits for approval.</param>
/// <param name="Overlap">For how long a replaced secret goes on working.</param>
public sealed record MyRules(
    IReadOnlyList<string> Groups, IReadOnlyList<string> Hours, IReadOnlyList<string> Networks, bool DeviceSecretsOnly, int? DeviceLimit, bool DevicesNeedApproval, TimeSpan Overlap);
