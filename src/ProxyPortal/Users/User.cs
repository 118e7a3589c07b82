using Microsoft.AspNetCore.Identity;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Devices;

namespace ProxyPortal.Users;

/// <summary>What someone may do in the portal itself. None = an ordinary user of the proxies.</summary>
public enum PortalRole
{
    None = 0,
    Auditor = 1,
    Operator = 2,
    Administrator = 3,
}

public enum UserKind
{
    Person = 0,
    Service = 1,
}

/// <summary>A person or service account. <c>UserName</c> is the folded user-id that is typed to the proxy; the password hash is the
/// user's own password, which an account with a portal role can use only to sign in here, never at a proxy.</summary>
public sealed class User : IdentityUser<Guid>, IVersioned, IDirectoryEntry
{
    public required string DisplayName
    {
        get;
        set
        {
            field = value;
            NormalizedDisplayName = value.ToLowerInvariant();
        }
    }

    /// <summary>Lower case, to search and sort by on every database alike.</summary>
    public string NormalizedDisplayName { get; private set; } = "";

    public UserKind Kind { get; set; }

    public PortalRole Role { get; set; }

    public string? Notes { get; set; }

    /// <summary>Words to find and choose users by, in lower case.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary>Who answers for a service account.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>Days for which the access lasts once it is used for the first time; the first use sets <see cref="ValidUntil"/> by it and
    /// clears it.</summary>
    public int? DaysFromFirstUse { get; set; }

    /// <summary>Groups to whose members the portal role is limited; empty = everyone.</summary>
    public List<Guid> RoleGroups { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? SuspendedAt { get; set; }

    public DateTimeOffset? ValidFrom { get; set; }

    public DateTimeOffset? ValidUntil { get; set; }

    /// <summary>Set when the user lies in the bin.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Rises whenever the password is set: remembered proofs and open links are bound to it.</summary>
    public long PasswordVersion { get; set; }

    public DateTimeOffset? PasswordSetAt { get; set; }

    /// <summary>The password was withdrawn; a new one lifts it.</summary>
    public DateTimeOffset? PasswordRevokedAt { get; set; }

    /// <summary>The password opens the portal only, until its owner has chosen another.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>When someone was last let through with this account, written now and then.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>In which language mails are written; null = the portal's own. What the browser spoke at the last sign-in.</summary>
    public string? Language { get; set; }

    /// <summary>The zone in which mails tell times, by its IANA name; null = UTC. Where the browser was at the last sign-in.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Kinds of notices that are not mailed, a bit for each <see cref="Notices.NoticeKind"/>.</summary>
    public long MutedNotices { get; set; }

    /// <summary>Whether notices that can wait come in one mail a day.</summary>
    public bool NoticeDigest { get; set; }

    /// <summary>The hash of the password that a bootstrap file last gave, so that the same file does not undo what was chosen since.</summary>
    public string? BootstrapPasswordHash { get; set; }

    /// <summary>The last time step whose TOTP code was accepted: no code works twice.</summary>
    public long LastTotpStep { get; set; }

    /// <summary>Whether sign-in needs a second factor although the role would not ask for one, or not although it would.</summary>
    public bool? RequireSecondFactor { get; set; }

    public long Version { get; set; }

    public List<Group> Groups { get; } = [];

    public List<Device> Devices { get; } = [];

    /// <summary>Administrators always need a second factor unless a bootstrap file said otherwise.</summary>
    public bool NeedsSecondFactor => RequireSecondFactor ?? Role is not PortalRole.None;
}
