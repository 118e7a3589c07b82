using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Devices;

public enum DeviceKind
{
    Other = 0,
    Computer = 1,
    Phone = 2,
    Tablet = 3,
    Server = 4,
    Appliance = 5,
}

/// <summary>A device with a secret of its own; it signs in at the proxy as <c>alice+laptop</c>. Revoking one leaves the others alone.</summary>
public sealed class Device : IVersioned, IDirectoryEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; set; }

    public User? User { get; set; }

    /// <summary>Folded name, the part behind <c>+</c>.</summary>
    public required string Name { get; set; }

    public DeviceKind Kind { get; set; }

    public string? Note { get; set; }

    /// <summary>Lent to a visitor: it ends at <see cref="ExpiresAt"/>, which it must have.</summary>
    public bool IsGuest { get; set; }

    public DeviceState State { get; set; } = DeviceState.Approved;

    /// <summary>When it was asked for; null when somebody who may approve devices added it.</summary>
    public DateTimeOffset? RequestedAt { get; set; }

    public string? RequestReason { get; set; }

    /// <summary>When a request that nobody decided lapses. It stays when the request is declined and goes when it is approved.</summary>
    public DateTimeOffset? RequestEndsAt { get; set; }

    /// <summary>When it was approved, declined or revoked, by whom (user-id) and why.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    public string? DecidedBy { get; set; }

    public string? DecisionReason { get; set; }

    /// <summary>HMAC-SHA-256 under the portal's device key, 32 bytes. The secret itself is never stored.</summary>
    public required byte[] SecretDigest { get; set; }

    public DateTimeOffset SecretIssuedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The secret was withdrawn; a new one makes the device whole again.</summary>
    public DateTimeOffset? SecretRevokedAt { get; set; }

    /// <summary>Endpoints it may be used at; empty = those of its user.</summary>
    public List<Guid> Endpoints { get; set; } = [];

    /// <summary>Networks it may come from; empty = no rule of its own.</summary>
    public List<string> Networks { get; set; } = [];

    /// <summary>Schemes it may be used with; null = no rule of its own.</summary>
    public AuthSchemes? Schemes { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Where it was last presented from, let through or not, as the proxy told it.</summary>
    public string? LastAddress { get; set; }

    /// <summary>What became of that; None = let through, null = never presented.</summary>
    public RejectionReason? LastReason { get; set; }

    /// <summary>Until when the secret that is being replaced by this save goes on working beside the new one; not stored here.</summary>
    public DateTimeOffset? FormerSecretProvesUntil { get; set; }

    public long Version { get; set; }
}
