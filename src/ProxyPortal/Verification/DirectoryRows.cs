using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Users;

namespace ProxyPortal.Verification;

/// <summary>What verification needs of a user.</summary>
internal sealed record UserRow(Guid Id, string UserId, string? PasswordHash, long PasswordVersion, PortalRole Role, DateTimeOffset? SuspendedAt, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil)
{
    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PasswordSetAt { get; init; }

    public DateTimeOffset? PasswordRevokedAt { get; init; }

    public bool MustChangePassword { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>What verification needs of a device.</summary>
internal sealed record DeviceRow(Guid Id, Guid UserId, string Name, DeviceState State, byte[] SecretDigest, DateTimeOffset? ExpiresAt, DateTimeOffset SecretIssuedAt)
{
    public DateTimeOffset? SecretRevokedAt { get; init; }

    public IReadOnlyList<Guid> Endpoints { get; init; } = [];

    public IReadOnlyList<string> Networks { get; init; } = [];

    public AuthSchemes? Schemes { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>That a user is in a group.</summary>
internal sealed record Membership(Guid UserId, Guid GroupId);
