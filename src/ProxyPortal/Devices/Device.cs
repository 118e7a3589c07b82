using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Devices;

/// <summary>A device with a secret of its own; it signs in at the proxy as <c>alice+laptop</c>. Revoking one leaves the others alone.</summary>
public sealed class Device : IVersioned, IDirectoryEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; set; }

    public User? User { get; set; }

    /// <summary>Folded name, the part behind <c>+</c>.</summary>
    public required string Name { get; set; }

    public DeviceState State { get; set; } = DeviceState.Approved;

    /// <summary>HMAC-SHA-256 under the portal's device key, 32 bytes. The secret itself is never stored.</summary>
    public required byte[] SecretDigest { get; set; }

    public DateTimeOffset SecretIssuedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public long Version { get; set; }
}
