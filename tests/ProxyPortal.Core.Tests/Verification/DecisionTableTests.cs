using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using Xunit;

namespace ProxyPortal.Core.Tests.Verification;

/// <summary>One row for each reason that the engine can give: what is true, and what may be said of it.</summary>
public sealed class DecisionTableTests
{
    private const long Now = Some.Now;

    private static readonly Dictionary<string, (Evidence Evidence, RejectionReason Reason, string Said)> Table = new()
    {
        ["password"] = (Some.Password(Some.User()), RejectionReason.None, "ok"),
        ["device secret"] = (Some.OfDevice(Some.Device()), RejectionReason.None, "ok"),
        ["overloaded"] = (Some.Password(Some.User(), SecretProof.Overloaded), RejectionReason.Overloaded, "overloaded"),
        ["overloaded, unknown name"] = (Some.Password(null, SecretProof.Overloaded), RejectionReason.Overloaded, "overloaded"),
        ["throttled"] = (Some.Password(Some.User(), SecretProof.Throttled), RejectionReason.Throttled, "credential.rejected"),
        ["throttled, unknown name"] = (Some.Password(null, SecretProof.Throttled), RejectionReason.Throttled, "credential.rejected"),
        ["unknown user"] = (Some.Password(null, SecretProof.Disproved), RejectionReason.UnknownUser, "credential.rejected"),
        ["unknown user, proof nonetheless"] = (Some.Password(null), RejectionReason.UnknownUser, "credential.rejected"),
        ["wrong password"] = (Some.Password(Some.User(), SecretProof.Disproved), RejectionReason.WrongSecret, "credential.rejected"),
        ["wrong password of a suspended account"] = (Some.Password(Some.User(suspended: true), SecretProof.Disproved), RejectionReason.WrongSecret, "credential.rejected"),
        ["wrong password of an expired account"] = (Some.Password(Some.User(validUntil: 1), SecretProof.Disproved), RejectionReason.WrongSecret, "credential.rejected"),
        ["unknown device"] = (Some.OfDevice(null), RejectionReason.WrongSecret, "credential.rejected"),
        ["wrong secret of a revoked device"] = (Some.OfDevice(Some.Device(DeviceState.Revoked), SecretProof.Disproved), RejectionReason.WrongSecret, "credential.rejected"),
        ["suspended"] = (Some.Password(Some.User(suspended: true)), RejectionReason.AccountSuspended, "account.suspended"),
        ["not yet valid"] = (Some.Password(Some.User(validFrom: Now + 1)), RejectionReason.AccountNotYetValid, "account.not_yet_valid"),
        ["valid from now"] = (Some.Password(Some.User(validFrom: Now)), RejectionReason.None, "ok"),
        ["expired"] = (Some.Password(Some.User(validUntil: Now - 1)), RejectionReason.AccountExpired, "account.expired"),
        ["expires exactly now"] = (Some.Password(Some.User(validUntil: Now)), RejectionReason.AccountExpired, "account.expired"),
        ["last instant"] = (Some.Password(Some.User(validUntil: Now + 1)), RejectionReason.None, "ok"),
        ["device requested"] = (Some.OfDevice(Some.Device(DeviceState.Requested)), RejectionReason.DeviceRequested, "device.requested"),
        ["device revoked"] = (Some.OfDevice(Some.Device(DeviceState.Revoked)), RejectionReason.DeviceRevoked, "device.revoked"),
        ["device expired"] = (Some.OfDevice(Some.Device(expiresAt: Now)), RejectionReason.DeviceExpired, "device.expired"),
        ["device secret expired"] = (Some.OfDevice(Some.Device(secretExpiresAt: Now)), RejectionReason.CredentialExpired, "credential.expired"),
        ["scheme not offered"] = (new Evidence(Some.Request(Some.Endpoint(AuthSchemes.Digest)), Some.User(), false, null, SecretProof.Proved), RejectionReason.SchemeNotAllowed, "scheme.not_allowed"),
        ["scheme not allowed to the group"] = (Some.Password(Some.User(access: new([], null, AuthSchemes.Digest))), RejectionReason.SchemeNotAllowed, "scheme.not_allowed"),
        ["endpoint not allowed"] = (Some.Password(Some.User(access: new([], new HashSet<Guid>(), AuthSchemes.Basic))), RejectionReason.EndpointNotAllowed, "endpoint.not_allowed"),
        ["endpoint allowed"] = (Some.Password(Some.User(access: new([], new HashSet<Guid> { Some.HqId }, AuthSchemes.Basic))), RejectionReason.None, "ok"),
        ["no endpoint named, scheme not at every one"] = (new Evidence(Some.Request(null) with { Offered = AuthSchemes.Digest }, Some.User(), false, null, SecretProof.Proved), RejectionReason.SchemeNotAllowed, "scheme.not_allowed"),
        ["no endpoint named, nothing offered"] = (new Evidence(Some.Request(null) with { Offered = AuthSchemes.None }, Some.User(), false, null, SecretProof.Proved), RejectionReason.SchemeNotAllowed, "scheme.not_allowed"),
        ["no endpoint named, one required"] = (new Evidence(Some.Request(null), Some.User(access: new([], new HashSet<Guid> { Some.HqId }, AuthSchemes.Basic)), false, null, SecretProof.Proved), RejectionReason.EndpointNotAllowed, "endpoint.not_allowed"),
    };

    // Reasons that later capabilities will give; whoever adds one takes it from here and adds a row above.
    private static readonly RejectionReason[] NotYetReachable =
    [
        RejectionReason.NoCredentials, RejectionReason.HeaderMalformed, RejectionReason.SchemeUnsupported, RejectionReason.SupersededSecret,
        RejectionReason.CredentialRevoked, RejectionReason.MustChange, RejectionReason.AccountIdle, RejectionReason.DeviceRequired,
        RejectionReason.SourceNotAllowed, RejectionReason.TimeNotAllowed, RejectionReason.TicketInvalid, RejectionReason.TokenReplayed, RejectionReason.BackendUnavailable,
    ];

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Decide_Row_GivesTheReasonAndSaysWhatMayBeSaid(string row)
    {
        (Evidence evidence, RejectionReason reason, string said) = Table[row];
        VerificationDecision decision = DecisionEngine.Decide(evidence);
        Assert.Equal((reason, said, reason is RejectionReason.None), (decision.Reason, decision.PublicCode, decision.Accepted));
    }

    [Fact]
    public void Decide_Table_ProducesEveryReasonThatIsReachable() =>
        Assert.Equal(Enum.GetValues<RejectionReason>().Except(NotYetReachable).Order(), Table.Values.Select(row => row.Reason).Distinct().Order());

    [Fact]
    public void RuleOrder_ProofComesBeforeState() => Assert.Equal(
        [
            "Capacity", "Throttle", "KnownUser", "Proof", "NotSuspended", "AlreadyValid", "StillValid",
            "DeviceApproved", "DeviceNotRevoked", "DeviceStillValid", "SecretStillValid", "SchemeOffered", "SchemeAllowed", "EndpointAllowed",
        ], DecisionEngine.RuleOrder);

    [Fact]
    public void AcceptableUntil_Device_IsTheEarliestEnd()
    {
        Assert.Equal(5, DecisionEngine.AcceptableUntil(Some.User(validUntil: 5), null));
        Assert.Equal(3, DecisionEngine.AcceptableUntil(Some.User(validUntil: 5), Some.Device(expiresAt: 3, secretExpiresAt: 4)));
        Assert.Equal(4, DecisionEngine.AcceptableUntil(Some.User(validUntil: 5), Some.Device(expiresAt: 6, secretExpiresAt: 4)));
    }
}
