using ProxyPortal.Links;

namespace ProxyPortal.Users;

/// <summary>A user as lists show it.</summary>
public sealed record UserSummary(
    Guid Id, string UserId, string DisplayName, string? Email, UserKind Kind, PortalRole Role, UserStatus Status, DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidUntil, DateTimeOffset CreatedAt, IReadOnlyList<string> Groups);

/// <summary>A user as its own page shows it.</summary>
public sealed record UserDetail(
    Guid Id, string UserId, string DisplayName, string? Email, UserKind Kind, PortalRole Role, UserStatus Status, DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidUntil, DateTimeOffset CreatedAt, DateTimeOffset? SuspendedAt, DateTimeOffset? DeletedAt, DateTimeOffset? PasswordSetAt,
    bool HasPassword, bool HasSecondFactor, string? Notes, IReadOnlyList<string> Groups, IReadOnlyList<UserDevice> Devices, long Version);

/// <summary>A device of a user, by the login name that is typed to the proxy.</summary>
public sealed record UserDevice(Guid Id, string Login, DateTimeOffset SecretIssuedAt, DateTimeOffset? ExpiresAt);

/// <summary>What an administrator may set of a user.</summary>
public sealed record UserInput
{
    public string UserId { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public string? Email { get; init; }

    public UserKind Kind { get; init; }

    public PortalRole Role { get; init; }

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    public string? Notes { get; init; }
}

/// <summary>The users page's question. <see cref="Sort"/> is one of <see cref="SortFields"/>; pages count from 0.</summary>
public sealed record UserQuery(string? Search = null, UserStatus? Status = null, string? Sort = null, bool Descending = false, int Page = 0, int PageSize = 25)
{
    public const int LargestPage = 200;

    /// <summary><see cref="SortFields"/> as one text, for attributes.</summary>
    public const string Sorts = "userId displayName email validUntil createdAt";

    public static IReadOnlyList<string> SortFields { get; } = Sorts.Split(' ');
}

/// <summary>A new user, and the link by which the person chooses a password: shown once.</summary>
public sealed record CreatedUser(Guid Id, string UserId, IssuedLink PasswordLink);
