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
        ["unavailable"] = (Some.Password(Some.User(), SecretProof.Unavailable), RejectionReason.BackendUnavailable, "backend.unavailable"),
        ["no credentials"] = (Some.Password(null, SecretProof.NotPresented), RejectionReason.NoCredentials, "credential.rejected"),
        ["unreadable credentials"] = (Some.Password(null, SecretProof.Unreadable), RejectionReason.HeaderMalformed, "credential.rejected"),
        ["scheme that the engine cannot verify"] = (Some.Password(null, SecretProof.Unsupported), RejectionReason.SchemeUnsupported, "credential.rejected"),
        ["earlier password"] = (Some.Password(Some.User(), SecretProof.Superseded), RejectionReason.SupersededSecret, "credential.rejected"),
        ["earlier password of a suspended account"] = (Some.Password(Some.User(suspended: true), SecretProof.Superseded), RejectionReason.SupersededSecret, "credential.rejected"),
        ["invalid ticket"] = (Some.Password(Some.User(), SecretProof.TicketInvalid), RejectionReason.TicketInvalid, "credential.rejected"),
        ["replayed token"] = (Some.Password(Some.User(), SecretProof.Replayed), RejectionReason.TokenReplayed, "credential.rejected"),
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
        ["never used, a day before it is idle"] = (Some.Idle(lastUsedAt: 0, usableSince: Now - Some.IdleTicks + 1), RejectionReason.None, "ok"),
        ["never used for too long"] = (Some.Idle(lastUsedAt: 0, usableSince: Now - Some.IdleTicks), RejectionReason.AccountIdle, "account.idle"),
        ["unused for too long"] = (Some.Idle(lastUsedAt: Now - Some.IdleTicks, usableSince: 0), RejectionReason.AccountIdle, "account.idle"),
        ["used lately"] = (Some.Idle(lastUsedAt: Now - Some.IdleTicks + 1, usableSince: 0), RejectionReason.None, "ok"),
        ["idle, but a new password since"] = (Some.Idle(lastUsedAt: 0, usableSince: Now), RejectionReason.None, "ok"),
        ["password where a device is required"] = (Some.Password(Some.User(access: Some.DevicesOnly)), RejectionReason.DeviceRequired, "device.required"),
        ["device where a device is required"] = (Some.OfDevice(Some.Device(), user: Some.User(access: Some.DevicesOnly)), RejectionReason.None, "ok"),
        ["revoked password"] = (Some.Password(Some.User(password: (true, false))), RejectionReason.CredentialRevoked, "credential.revoked"),
        ["device beside a revoked password"] = (Some.OfDevice(Some.Device(), user: Some.User(password: (true, true))), RejectionReason.None, "ok"),
        ["password that must change"] = (Some.Password(Some.User(password: (false, true))), RejectionReason.MustChange, "credential.must_change"),
        ["password too old"] = (Some.Password(Some.User(access: Some.SecretsEnd, passwordSetAt: Now - Some.SecretAge)), RejectionReason.CredentialExpired, "credential.expired"),
        ["password in its last instant"] = (Some.Password(Some.User(access: Some.SecretsEnd, passwordSetAt: Now - Some.SecretAge + 1)), RejectionReason.None, "ok"),
        ["device's secret revoked"] = (Some.OfDevice(Some.Bound(revoked: true)), RejectionReason.CredentialRevoked, "credential.revoked"),
        ["device at another endpoint"] = (Some.OfDevice(Some.Bound(endpoints: new HashSet<Guid> { Guid.Empty })), RejectionReason.EndpointNotAllowed, "endpoint.not_allowed"),
        ["device at its endpoint"] = (Some.OfDevice(Some.Bound(endpoints: new HashSet<Guid> { Some.HqId })), RejectionReason.None, "ok"),
        ["device with another scheme"] = (Some.OfDevice(Some.Bound(schemes: AuthSchemes.Digest)), RejectionReason.SchemeNotAllowed, "scheme.not_allowed"),
        ["device from another network"] = (Some.From("198.51.100.1", Some.OfDevice(Some.Bound(network: "192.0.2.0/24"))), RejectionReason.SourceNotAllowed, "source.not_allowed"),
        ["device from its network"] = (Some.From("192.0.2.9", Some.OfDevice(Some.Bound(network: "192.0.2.0/24"))), RejectionReason.None, "ok"),
        ["user from another network"] = (Some.From("198.51.100.1", Some.Password(Some.User(access: Some.Network("192.0.2.0/24")))), RejectionReason.SourceNotAllowed, "source.not_allowed"),
        ["user from nowhere that is known"] = (Some.Password(Some.User(access: Some.Network("192.0.2.0/24"))), RejectionReason.SourceNotAllowed, "source.not_allowed"),
        ["user from the network"] = (Some.From("192.0.2.9", Some.Password(Some.User(access: Some.Network("192.0.2.0/24")))), RejectionReason.None, "ok"),
        ["outside the hours"] = (Some.Password(Some.User(access: Some.Open("Tue 08:00-09:00"))), RejectionReason.TimeNotAllowed, "time.not_allowed"),
        ["within the hours"] = (Some.Password(Some.User(access: Some.Open("Mon-Sun 00:00-24:00"))), RejectionReason.None, "ok"),
        ["device requested"] = (Some.OfDevice(Some.Device(DeviceState.Requested)), RejectionReason.DeviceRequested, "device.requested"),
        ["device paused"] = (Some.OfDevice(Some.Device(DeviceState.Paused)), RejectionReason.DeviceRevoked, "device.revoked"),
        ["device revoked"] = (Some.OfDevice(Some.Device(DeviceState.Revoked)), RejectionReason.DeviceRevoked, "device.revoked"),
        ["device expired"] = (Some.OfDevice(Some.Device(expiresAt: Now)), RejectionReason.DeviceExpired, "device.expired"),
        ["device secret too old"] = (Some.OfDevice(Some.Device(secretIssuedAt: Now - Some.SecretAge), user: Some.User(access: Some.SecretsEnd)), RejectionReason.CredentialExpired, "credential.expired"),
        ["device secret beside a password too old"] = (Some.OfDevice(Some.Device(secretIssuedAt: Now), user: Some.User(access: Some.SecretsEnd)), RejectionReason.None, "ok"),
        ["scheme not offered"] = (new Evidence(Some.Request(Some.Endpoint(AuthSchemes.Digest)), Some.User(), false, null, SecretProof.Proved), RejectionReason.SchemeNotAllowed, "scheme.not_allowed"),
        ["scheme not allowed to the group"] = (Some.Password(Some.User(access: new([], null, AuthSchemes.Digest))), RejectionReason.SchemeNotAllowed, "scheme.not_allowed"),
        ["endpoint not allowed"] = (Some.Password(Some.User(access: new([], new HashSet<Guid>(), AuthSchemes.Basic))), RejectionReason.EndpointNotAllowed, "endpoint.not_allowed"),
        ["endpoint allowed"] = (Some.Password(Some.User(access: new([], new HashSet<Guid> { Some.HqId }, AuthSchemes.Basic))), RejectionReason.None, "ok"),
        ["no endpoint named, scheme not at every one"] = (new Evidence(Some.Request(null) with { Offered = AuthSchemes.Digest }, Some.User(), false, null, SecretProof.Proved), RejectionReason.SchemeNotAllowed, "scheme.not_allowed"),
        ["no endpoint named, nothing offered"] = (new Evidence(Some.Request(null) with { Offered = AuthSchemes.None }, Some.User(), false, null, SecretProof.Proved), RejectionReason.SchemeNotAllowed, "scheme.not_allowed"),
        ["no endpoint named, one required"] = (new Evidence(Some.Request(null), Some.User(access: new([], new HashSet<Guid> { Some.HqId }, AuthSchemes.Basic)), false, null, SecretProof.Proved), RejectionReason.EndpointNotAllowed, "endpoint.not_allowed"),
    };

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
    public void Decide_Table_ProducesEveryReasonOfTheContract() =>
        Assert.Equal(Enum.GetValues<RejectionReason>().Order(), Table.Values.Select(row => row.Reason).Distinct().Order());

    [Fact]
    public void RuleOrder_ProofComesBeforeState() => Assert.Equal(
        [
            "Presented", "Capacity", "Throttle", "KnownUser", "Proof", "NotSuspended", "AlreadyValid", "StillValid", "NotIdle",
            "DeviceUsed", "DeviceApproved", "DeviceNotRevoked", "DeviceStillValid", "SecretNotRevoked", "SecretStillValid", "SecretMayStay",
            "SchemeOffered", "SchemeAllowed", "EndpointAllowed", "SourceAllowed", "HourAllowed",
        ], DecisionEngine.RuleOrder);

    [Fact]
    public void AcceptableUntil_Device_IsTheEarliestEnd()
    {
        Assert.Equal(5, DecisionEngine.AcceptableUntil(Some.Password(Some.User(validUntil: 5))));
        AccessRules four = AccessRules.Unrestricted with { PasswordLifetimes = [new(3)], DeviceSecretLifetimes = [new(3)] };
        Assert.Equal(4, DecisionEngine.AcceptableUntil(Some.Password(Some.User(validUntil: 5, access: four, passwordSetAt: 1))));
        Assert.Equal(3, DecisionEngine.AcceptableUntil(Some.OfDevice(Some.Device(expiresAt: 3, secretIssuedAt: 1), user: Some.User(validUntil: 5, access: four))));
        Assert.Equal(4, DecisionEngine.AcceptableUntil(Some.OfDevice(Some.Device(expiresAt: 6, secretIssuedAt: 1), user: Some.User(validUntil: 5, access: four))));
        Assert.Equal(TimeSpan.TicksPerMinute, DecisionEngine.AcceptableUntil(Some.Password(Some.User(access: Some.Open("Mon 00:00-00:01")))));
    }
}
