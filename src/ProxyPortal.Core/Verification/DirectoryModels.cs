using System.Net;
using ProxyPortal.Core.Http;

namespace ProxyPortal.Core.Verification;

/// <summary>A user as the decision sees it: an immutable projection, replaced whole on every change. Times are UTC ticks, which keeps
/// a million of them small.</summary>
public sealed class UserModel
{
    public required Guid Id { get; init; }

    /// <summary>Folded user-id.</summary>
    public required string UserId { get; init; }

    /// <summary>Rises with every change of the password; remembered proofs are bound to it.</summary>
    public required long PasswordVersion { get; init; }

    /// <summary>The stored hash in its text form (ASCII); null when there is none, or when a portal role forbids its use at a proxy.</summary>
    public required byte[]? PasswordHash { get; init; }

    public required bool Suspended { get; init; }

    public long ValidFrom { get; init; }

    public long ValidUntil { get; init; } = long.MaxValue;

    /// <summary>What the user's groups allow; one instance is shared by all users of the same groups.</summary>
    public required AccessRules Access { get; init; }

    public DeviceModel[] Devices { get; init; } = [];

    public DeviceModel? FindDevice(ReadOnlySpan<char> name)
    {
        foreach (DeviceModel device in Devices)
        {
            if (name.SequenceEqual(device.Name))
                return device;
        }
        return null;
    }
}

public enum DeviceState
{
    Requested = 0,
    Approved = 1,
    Revoked = 2,
}

/// <summary>A device with a secret of its own, presented as <c>user-id+name</c>.</summary>
public sealed class DeviceModel
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required DeviceState State { get; init; }

    /// <summary>HMAC-SHA-256 of the secret under the portal's device key: 32 bytes.</summary>
    public required byte[] SecretDigest { get; init; }

    /// <summary>End of the device's approval.</summary>
    public long ExpiresAt { get; init; } = long.MaxValue;

    /// <summary>End of the secret by the expiry policy in force.</summary>
    public long SecretExpiresAt { get; init; } = long.MaxValue;
}

/// <summary>What a set of groups allows together: the strictest of all of them.</summary>
/// <param name="Groups">Group names, for the answer.</param>
/// <param name="Endpoints">Endpoints that may be used; null = every endpoint.</param>
/// <param name="Schemes">Schemes that may be used.</param>
public sealed record AccessRules(string[] Groups, IReadOnlySet<Guid>? Endpoints, AuthSchemes Schemes)
{
    public static AccessRules Unrestricted { get; } = new([], null, (AuthSchemes)~0);
}

/// <summary>An endpoint of a proxy: the place where users arrive.</summary>
public sealed record EndpointModel(Guid Id, string Name, Guid ProxyId, AuthSchemes Schemes);

/// <summary>What is asked: everything the decision needs, time included.</summary>
/// <param name="At">Now, UTC ticks.</param>
/// <param name="Scheme">The scheme in which the credentials came.</param>
/// <param name="Endpoint">Where the user arrived; null when the caller did not say and has several.</param>
/// <param name="ClientAddress">The user's address as the caller saw it, if told.</param>
/// <param name="Offered">What is offered where no endpoint is named: the schemes that every endpoint of the caller offers.</param>
public readonly record struct VerificationRequest(long At, AuthSchemes Scheme, EndpointModel? Endpoint, IPAddress? ClientAddress, AuthSchemes Offered = AuthSchemes.None)
{
    /// <summary>The schemes at the place where the user arrived.</summary>
    public AuthSchemes OfferedSchemes => Endpoint?.Schemes ?? Offered;
}
