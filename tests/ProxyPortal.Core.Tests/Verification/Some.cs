using System.Net;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Core.Tests.Verification;

/// <summary>Evidence that is accepted, to be bent by each test.</summary>
internal static class Some
{
    /// <summary>Early on the first Monday of the calendar.</summary>
    public const long Now = 1_000_000;

    public const long IdleTicks = 500_000;

    /// <summary>How long secrets last where <see cref="SecretsEnd"/>.</summary>
    public const long SecretAge = 300_000;

    public static Guid HqId { get; } = Guid.CreateVersion7();

    public static EndpointModel Endpoint(AuthSchemes schemes = AuthSchemes.Basic) => new(HqId, "hq", Guid.CreateVersion7(), schemes);

    public static UserModel User(
        bool suspended = false, long validFrom = 0, long validUntil = long.MaxValue, AccessRules? access = null, (bool Revoked, bool MustChange)? password = null, long usableSince = 0, long passwordSetAt = 0) => new()
        {
            Id = Guid.CreateVersion7(),
            UserId = "alice",
            PasswordVersion = 1,
            PasswordHash = [1],
            Suspended = suspended,
            ValidFrom = validFrom,
            ValidUntil = validUntil,
            Access = new SharedAccess(access ?? AccessRules.Unrestricted),
            UsableSince = usableSince,
            PasswordRevoked = password?.Revoked ?? false,
            MustChangePassword = password?.MustChange ?? false,
            PasswordSetAt = passwordSetAt,
        };

    public static DeviceModel Device(DeviceState state = DeviceState.Approved, long expiresAt = long.MaxValue, long secretIssuedAt = 0) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "laptop",
        State = state,
        SecretDigest = new byte[32],
        ExpiresAt = expiresAt,
        SecretIssuedAt = secretIssuedAt,
    };

    public static VerificationRequest Request(EndpointModel? endpoint, AuthSchemes scheme = AuthSchemes.Basic) => new(Now, scheme, endpoint, null, AuthSchemes.Basic);

    public static Evidence Password(UserModel? user, SecretProof proof = SecretProof.Proved) => new(Request(Endpoint()), user, false, null, proof);

    public static Evidence OfDevice(DeviceModel? device, SecretProof proof = SecretProof.Proved, UserModel? user = null) => new(Request(Endpoint()), user ?? User(), true, device, proof);

    public static AccessRules DevicesOnly { get; } = AccessRules.Unrestricted with { DeviceSecretsOnly = true };

    public static AccessRules SecretsEnd { get; } = AccessRules.Unrestricted with { PasswordLifetimes = [new(SecretAge)], DeviceSecretLifetimes = [new(SecretAge)] };

    public static AccessRules Network(string network) => AccessRules.Unrestricted with { Networks = [SourceNetworks.Parse([network], "networks").Value] };

    public static AccessRules Open(string hours) => AccessRules.Unrestricted with { Hours = [AccessHours.Parse(hours, "UTC", "hours").Value] };

    public static Evidence Idle(long lastUsedAt, long usableSince) =>
        Password(User(access: AccessRules.Unrestricted with { IdleTicks = IdleTicks }, usableSince: usableSince)) with { LastUsedAt = lastUsedAt };

    public static Evidence From(string address, Evidence evidence) => evidence with { Request = evidence.Request with { ClientAddress = IPAddress.Parse(address) } };

    public static DeviceModel Bound(bool revoked = false, IReadOnlySet<Guid>? endpoints = null, AuthSchemes schemes = (AuthSchemes)~0, string? network = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "laptop",
        State = DeviceState.Approved,
        SecretDigest = new byte[32],
        SecretRevoked = revoked,
        Binding = new DeviceBinding(endpoints, schemes, network is null ? SourceNetworks.Any : SourceNetworks.Parse([network], "networks").Value),
    };
}
