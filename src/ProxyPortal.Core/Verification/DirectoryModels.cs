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

    /// <summary>Since when the account could be used at all: an account that was never used is idle from here on.</summary>
    public long UsableSince { get; init; }

    /// <summary>Since when the present password is in use: the groups' policies count from here.</summary>
    public long PasswordSetAt { get; init; }

    public bool PasswordRevoked { get; init; }

    /// <summary>The password must be changed in the portal before it opens a proxy again.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>What the user's groups allow, shared by all users of the same groups.</summary>
    public required SharedAccess Access { get; init; }

    public DeviceModel[] Devices { get; init; } = [];

    /// <summary>When someone was last let through with this account, UTC ticks; 0 = never. A mark beside the rules, and the one thing here
    /// that moves: replacing the model for every acceptance would make the directory a journal.</summary>
    public long LastUsedAt
    {
        get => Volatile.Read(ref _lastUsedAt);
        init => _lastUsedAt = value;
    }

    public void MarkUsed(long at) => Volatile.Write(ref _lastUsedAt, at);

    private long _lastUsedAt;

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

    /// <summary>Refused like a revoked one, until it is resumed.</summary>
    Paused = 3,
}

/// <summary>A device with a secret of its own, presented as <c>user-id+name</c>.</summary>
public sealed class DeviceModel
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required DeviceState State { get; init; }

    /// <summary>HMAC-SHA-256 of the secret under the portal's device key: 32 bytes.</summary>
    public required DigestBytes SecretDigest { get; init; }

    /// <summary>Earlier secrets, latest first; null = none. Shared by nobody, kept short.</summary>
    public FormerSecretModel[]? FormerSecrets { get; init; }

    public bool SecretRevoked { get; init; }

    /// <summary>Where and how this device alone may be used; null = like its user.</summary>
    public DeviceBinding? Binding { get; init; }

    /// <summary>When it was last let through, UTC ticks; 0 = never. See <see cref="UserModel.LastUsedAt"/>.</summary>
    public long LastUsedAt
    {
        get => Volatile.Read(ref _lastUsedAt);
        init => _lastUsedAt = value;
    }

    public void MarkUsed(long at) => Volatile.Write(ref _lastUsedAt, at);

    private long _lastUsedAt;

    /// <summary>End of the device's approval.</summary>
    public long ExpiresAt { get; init; } = long.MaxValue;

    /// <summary>Since when the present secret is in use: the groups' policies count from here.</summary>
    public long SecretIssuedAt { get; init; }
}

/// <summary>A secret that was replaced. Until <paramref name="ProvesUntil"/> (UTC ticks) the old and the new one both prove, so that a device can be
/// brought over in peace; afterwards it is only recognised. <paramref name="ReplacedAt"/> is told to its owner.</summary>
public sealed record FormerSecretModel(byte[] Digest, long ProvesUntil, long ReplacedAt = 0);

/// <summary>What narrows one device.</summary>
/// <param name="Endpoints">Endpoints it may be used at; null = those of its user.</param>
/// <param name="Schemes">Schemes it may be used with.</param>
/// <param name="Networks">Addresses it may come from.</param>
public sealed record DeviceBinding(IReadOnlySet<Guid>? Endpoints, AuthSchemes Schemes, SourceNetworks Networks);

/// <summary>An endpoint of a proxy: the place where users arrive.</summary>
public sealed record EndpointModel(Guid Id, string Name, Guid ProxyId, AuthSchemes Schemes)
{
    /// <summary>The schemes one by one, as their challenges are to stand.</summary>
    public AuthSchemes[] InOrder { get; init; } = AuthScheme.Split(Schemes, []);
}

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
