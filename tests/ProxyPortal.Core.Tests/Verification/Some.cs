using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Core.Tests.Verification;

/// <summary>Evidence that is accepted, to be bent by each test.</summary>
internal static class Some
{
    public const long Now = 1_000_000;

    public static Guid HqId { get; } = Guid.CreateVersion7();

    public static EndpointModel Endpoint(AuthSchemes schemes = AuthSchemes.Basic) => new(HqId, "hq", Guid.CreateVersion7(), schemes);

    public static UserModel User(
        bool suspended = false, long validFrom = 0, long validUntil = long.MaxValue, AccessRules? access = null, params DeviceModel[] devices) => new()
        {
            Id = Guid.CreateVersion7(),
            UserId = "alice",
            PasswordVersion = 1,
            PasswordHash = [1],
            Suspended = suspended,
            ValidFrom = validFrom,
            ValidUntil = validUntil,
            Access = access ?? AccessRules.Unrestricted,
            Devices = devices,
        };

    public static DeviceModel Device(DeviceState state = DeviceState.Approved, long expiresAt = long.MaxValue, long secretExpiresAt = long.MaxValue) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "laptop",
        State = state,
        SecretDigest = new byte[32],
        ExpiresAt = expiresAt,
        SecretExpiresAt = secretExpiresAt,
    };

    public static VerificationRequest Request(EndpointModel? endpoint, AuthSchemes scheme = AuthSchemes.Basic) => new(Now, scheme, endpoint, null, AuthSchemes.Basic);

    public static Evidence Password(UserModel? user, SecretProof proof = SecretProof.Proved) => new(Request(Endpoint()), user, false, null, proof);

    public static Evidence OfDevice(DeviceModel? device, SecretProof proof = SecretProof.Proved) => new(Request(Endpoint()), User(), true, device, proof);
}
