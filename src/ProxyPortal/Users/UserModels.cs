using ProxyPortal.Links;

namespace ProxyPortal.Users;

/// <summary>A user as lists show it.</summary>
public sealed record UserSummary(
    Guid Id, string UserId, string DisplayName, string? Email, UserKind Kind, PortalRole Role, UserStatus Status, DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidUntil, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt, IReadOnlyList<string> Tags, IReadOnlyList<string> Groups);

/// <summary>A user as its own page shows it.</summary>
public sealed record UserDetail(
    Guid Id, string UserId, string DisplayName, string? Email, UserKind Kind, PortalRole Role, UserStatus Status, DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidUntil, DateTimeOffset CreatedAt, DateTimeOffset? SuspendedAt, DateTimeOffset? DeletedAt, DateTimeOffset? PasswordSetAt,
    bool HasPassword, bool HasSecondFactor, string? Notes, IReadOnlyList<string> Groups, IReadOnlyList<UserDevice> Devices, long Version)
{
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>User-id of who answers for a service account.</summary>
    public UserOwner? Owner { get; init; }

    /// <summary>Days for which the access lasts from its first use on; null once it was used, and without such a rule.</summary>
    public int? DaysFromFirstUse { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The password opens the portal only, until its owner has chosen another.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>Passwords from unknown addresses are not even compared now, because too many wrong ones came. Known on this node, in memory only.</summary>
    public bool IsThrottled { get; init; }

    /// <summary>Groups to whose members the portal role is limited; empty = everyone.</summary>
    public IReadOnlyList<Guid> RoleGroups { get; init; } = [];
}

public sealed record UserOwner(Guid Id, string UserId);

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

    /// <summary>Groups to whose members the role of an operator or auditor is limited; empty = everyone.</summary>
    public IReadOnlyList<Guid> RoleGroups { get; init; } = [];

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    public string? Notes { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>User-id of the person who answers for a service account.</summary>
    public string? Owner { get; init; }

    /// <summary>Days for which the access lasts from its first use on.</summary>
    public int? DaysFromFirstUse { get; init; }

    /// <summary>Names of the groups; null leaves the user in those they are in.</summary>
    public IReadOnlyList<string>? Groups { get; init; }
}

/// <summary>The users page's question. <see cref="Sort"/> is one of <see cref="SortFields"/>; pages count from 0.</summary>
public sealed record UserQuery(string? Search = null, UserStatus? Status = null, string? Sort = null, bool Descending = false, int Page = 0, int PageSize = 25)
{
    /// <summary>Only users with this tag; null = any.</summary>
    public string? Tag { get; init; }

    /// <summary>Only members of the group of this name; null = any.</summary>
    public string? Group { get; init; }

    /// <summary>Counts to the end, however long that takes; otherwise a total of very many may be <see cref="ProxyPortal.Data.PageOf{T}.IsAtLeast"/>.</summary>
    public bool CountsAll { get; init; }

    /// <summary>Whether anything but the status filters.</summary>
    internal bool IsNarrowed => !string.IsNullOrWhiteSpace(Search) || Tag is { Length: > 0 } || Group is { Length: > 0 };

    public const int LargestPage = 200;

    /// <summary><see cref="SortFields"/> as one text, for attributes.</summary>
    public const string Sorts = "userId displayName email validUntil createdAt lastSeen";

    public static IReadOnlyList<string> SortFields { get; } = Sorts.Split(' ');
}

/// <summary>A new user, and the link by which the person chooses a password: shown once.</summary>
public sealed record CreatedUser(Guid Id, string UserId, IssuedLink PasswordLink);
