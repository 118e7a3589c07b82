using System.Text.Json;

namespace ProxyPortal.Users;

/// <summary>What a user's state amounts to at a moment: computed by the clock, never stored.</summary>
public enum UserStatus
{
    Active = 0,
    ExpiresSoon = 1,
    Expired = 2,
    Suspended = 3,
    NotYetValid = 4,

    /// <summary>Has neither a password nor a device that could be used: cannot get through yet.</summary>
    NoCredential = 5,
    Deleted = 6,

    /// <summary>Has a role in the portal and no device that could be used. The password of such an account is for the portal only, so no proxy lets it through,
    /// and nothing is missing.</summary>
    PortalOnly = 7,

    /// <summary>Unused for longer than the policies of the user's groups allow: refused until somebody resets it.</summary>
    Idle = 8,
}

public static class UserStatuses
{
    public static TimeSpan Soon { get; } = TimeSpan.FromDays(14);

    /// <summary>The one word that decides, in the order in which verification would meet it. What <see cref="IdleRules"/> say comes on
    /// top, by <see cref="UnlessIdle"/>.</summary>
    public static UserStatus Of(
        DateTimeOffset now, bool deleted, bool suspended, DateTimeOffset? validFrom, DateTimeOffset? validUntil, PortalRole role, bool hasPassword, bool hasDevice) =>
        deleted ? UserStatus.Deleted
        : suspended ? UserStatus.Suspended
        : validFrom > now ? UserStatus.NotYetValid
        : validUntil <= now ? UserStatus.Expired
        : !hasDevice && role is not PortalRole.None ? UserStatus.PortalOnly
        : !hasDevice && !hasPassword ? UserStatus.NoCredential
        : validUntil <= now + Soon ? UserStatus.ExpiresSoon
        : UserStatus.Active;

    /// <summary>The status once it is known whether the user is idle: who would be refused anyway keeps the plainer word.</summary>
    public static UserStatus UnlessIdle(this UserStatus status, bool isIdle) =>
        isIdle && status is (UserStatus.Active or UserStatus.ExpiresSoon) ? UserStatus.Idle : status;

    /// <summary>The status as it stands in addresses: <c>expiresSoon</c>.</summary>
    public static string Code(this UserStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    /// <summary>The status of a <see cref="Code"/>; null for anything else.</summary>
    public static UserStatus? Parse(string? code) =>
        Enum.GetValues<UserStatus>().Cast<UserStatus?>().FirstOrDefault(status => string.Equals(status!.Value.Code(), code, StringComparison.OrdinalIgnoreCase));
}
