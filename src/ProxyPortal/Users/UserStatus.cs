namespace ProxyPortal.Users;

/// <summary>What a user's state amounts to at a moment: computed by the clock, never stored.</summary>
public enum UserStatus
{
    Active = 0,
    ExpiresSoon = 1,
    Expired = 2,
    Suspended = 3,
    NotYetValid = 4,

    /// <summary>Has neither a password nor a device: cannot get through yet.</summary>
    NoCredential = 5,
    Deleted = 6,
}

public static class UserStatuses
{
    public static TimeSpan Soon { get; } = TimeSpan.FromDays(14);

    /// <summary>The one word that decides, in the order in which verification would meet it.</summary>
    public static UserStatus Of(DateTimeOffset now, bool deleted, bool suspended, DateTimeOffset? validFrom, DateTimeOffset? validUntil, bool hasCredential) =>
        deleted ? UserStatus.Deleted
        : suspended ? UserStatus.Suspended
        : validFrom > now ? UserStatus.NotYetValid
        : validUntil <= now ? UserStatus.Expired
        : !hasCredential ? UserStatus.NoCredential
        : validUntil <= now + Soon ? UserStatus.ExpiresSoon
        : UserStatus.Active;
}
