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

    /// <summary>Has nothing that a proxy accepts, <see cref="UserStatuses.HasCredential"/>: cannot get through yet.</summary>
    NoCredential = 5,
    Deleted = 6,
}

public static class UserStatuses
{
    public static TimeSpan Soon { get; } = TimeSpan.FromDays(14);

    /// <summary>Whether there is anything a proxy accepts: a device, or a password unless the account has a portal role. The password of
    /// such an account is for the portal only.</summary>
    public static bool HasCredential(PortalRole role, bool hasPassword, bool hasDevice) => hasDevice || (hasPassword && role is PortalRole.None);

    /// <summary>The one word that decides, in the order in which verification would meet it.</summary>
    public static UserStatus Of(DateTimeOffset now, bool deleted, bool suspended, DateTimeOffset? validFrom, DateTimeOffset? validUntil, bool hasCredential) =>
        deleted ? UserStatus.Deleted
        : suspended ? UserStatus.Suspended
        : validFrom > now ? UserStatus.NotYetValid
        : validUntil <= now ? UserStatus.Expired
        : !hasCredential ? UserStatus.NoCredential
        : validUntil <= now + Soon ? UserStatus.ExpiresSoon
        : UserStatus.Active;

    /// <summary>The status as it stands in addresses: <c>expiresSoon</c>.</summary>
    public static string Code(this UserStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    /// <summary>The status of a <see cref="Code"/>; null for anything else.</summary>
    public static UserStatus? Parse(string? code) =>
        Enum.GetValues<UserStatus>().Cast<UserStatus?>().FirstOrDefault(status => string.Equals(status!.Value.Code(), code, StringComparison.OrdinalIgnoreCase));
}
