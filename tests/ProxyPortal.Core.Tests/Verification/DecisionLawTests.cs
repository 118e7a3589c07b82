using CsCheck;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using Xunit;

namespace ProxyPortal.Core.Tests.Verification;

/// <summary>What holds whatever the account, the device and the question.</summary>
public sealed class DecisionLawTests
{
    private static readonly Gen<long> Time = OneOf(0L, Some.Now - 1, Some.Now, Some.Now + 1, long.MaxValue);
    private static readonly Gen<AuthSchemes> Schemes = Gen.Int[0, 31].Select(bits => (AuthSchemes)bits);

    private static readonly Gen<AccessRules> Access = Gen.Select(Schemes, Gen.Int[0, 2], (schemes, endpoints) =>
        new AccessRules([], endpoints switch { 0 => null, 1 => new HashSet<Guid> { Some.HqId }, _ => new HashSet<Guid>() }, schemes))
        .Select(Gen.Bool, Gen.Bool, Gen.Bool, OneOf(long.MaxValue, Some.IdleTicks)).Select((access, narrow, closed, devices, idle) => access with
        {
            Networks = narrow ? Some.Network("192.0.2.0/24").Networks : [],
            Hours = closed ? Some.Open("Tue 08:00-09:00").Hours : [],
            DeviceSecretsOnly = devices,
            IdleTicks = idle,
        });

    private static readonly Gen<DeviceModel> Device = Gen.Select(Gen.Enum<DeviceState>(), Time, Time, Some.Device);

    private static readonly Gen<UserModel> User = Gen.Select(Gen.Bool, Time, Time, Access, (suspended, from, until, access) => Some.User(suspended, from, until, access));

    private static readonly Gen<VerificationRequest> Request = Gen.Select(Schemes, OneOf(AuthSchemes.Basic, AuthSchemes.Digest, AuthSchemes.None), Gen.Bool, (offered, scheme, named) =>
        Some.Request(named ? Some.Endpoint(offered) : null, scheme));

    private static readonly Gen<Evidence> Any = Gen.Select(Request, Gen.Null(User), Gen.Bool, Gen.Null(Device), Gen.Enum<SecretProof>(), (request, user, named, device, proof) =>
        new Evidence(request, user, named, named && user is not null ? device : null, proof));

    [Fact]
    public void Decide_NoProof_IsNeverAcceptedAndSaysNothing() => Any.Sample(evidence =>
    {
        VerificationDecision decision = DecisionEngine.Decide(evidence);
        if (evidence.Proof is SecretProof.Vouched && decision.Accepted)
            return;
        bool proved = evidence is { Proof: SecretProof.Proved or SecretProof.VouchedAndProved, User: not null } && (!evidence.DeviceNamed || evidence.Device is not null);
        Assert.Equal(proved, decision.SecretProved);
        if (!proved)
            Assert.Equal((false, evidence.Proof switch { SecretProof.Overloaded => "overloaded", SecretProof.Unavailable => "backend.unavailable", _ => RejectionReasons.PublicCode }), (decision.Accepted, decision.PublicCode));
        if (!proved && !decision.IsTemporary)
            Assert.Equal(RejectionReason.WrongSecret, decision.PublicReason);
    });

    [Fact]
    public void Decide_Vouched_DecidesAsProvedAndSaysNothingOfARejection() => Any.Sample(evidence =>
    {
        VerificationDecision proved = DecisionEngine.Decide(evidence with { Proof = SecretProof.Proved });
        VerificationDecision vouched = DecisionEngine.Decide(evidence with { Proof = SecretProof.Vouched });
        Assert.Equal((proved.Accepted, proved.Reason is RejectionReason.WrongSecret or RejectionReason.UnknownUser ? vouched.Reason : proved.Reason), (vouched.Accepted, vouched.Reason));
        Assert.Equal(proved, DecisionEngine.Decide(evidence with { Proof = SecretProof.VouchedAndProved }));
        if (!vouched.Accepted)
            Assert.Equal(RejectionReasons.PublicCode, vouched.PublicCode);
    });

    [Fact]
    public void Decide_SameEvidence_GivesTheSameDecision() => Any.Sample(evidence =>
        Assert.Equal(DecisionEngine.Decide(evidence), DecisionEngine.Decide(evidence with { })));

    [Fact]
    public void Decide_Accepted_HasNoReasonAndEveryRejectionHasOne() => Any.Sample(evidence =>
    {
        VerificationDecision decision = DecisionEngine.Decide(evidence);
        Assert.Equal(decision.Accepted, decision.Reason is RejectionReason.None);
    });

    [Fact]
    public void Decide_OneMoreRestriction_NeverLetsAnyoneIn() => Gen.Select(Any, Gen.Int[0, 14]).Sample((evidence, which) =>
    {
        if (evidence.User is null || DecisionEngine.Decide(evidence).Accepted)
            return;
        Assert.False(DecisionEngine.Decide(Restrict(evidence, which)).Accepted);
    });

    [Fact]
    public void AcceptableUntil_Accepted_IsLaterThanNow() => Any.Sample(evidence =>
    {
        if (DecisionEngine.Decide(evidence).Accepted)
            Assert.True(DecisionEngine.AcceptableUntil(evidence) > evidence.Request.At);
    });

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Evidence Restrict(Evidence e, int which)
    {
        UserModel user = e.User!;
        DeviceModel? device = e.Device;
        return which switch
        {
            0 => e with { User = Some.User(true, user.ValidFrom, user.ValidUntil, user.Access) },
            1 => e with { User = Some.User(user.Suspended, Math.Max(user.ValidFrom, Some.Now), user.ValidUntil, user.Access) },
            2 => e with { User = Some.User(user.Suspended, user.ValidFrom, Math.Min(user.ValidUntil, Some.Now + 1), user.Access) },
            3 => WithAccess(user.Access with { Schemes = user.Access.Schemes & AuthSchemes.Basic }),
            4 => WithAccess(user.Access with { Endpoints = user.Access.Endpoints is null ? new HashSet<Guid> { Some.HqId } : new HashSet<Guid>() }),
            5 => e with { Proof = SecretProof.Throttled },
            6 when device is not null => e with { Device = Some.Device(device.State, Math.Min(device.ExpiresAt, Some.Now + 1), device.SecretExpiresAt) },
            7 when device is not null => e with { Device = Some.Device(device.State, device.ExpiresAt, Math.Min(device.SecretExpiresAt, Some.Now + 1)) },
            8 when device is not null => e with { Device = Some.Device(DeviceState.Revoked, device.ExpiresAt, device.SecretExpiresAt) },
            9 => WithAccess(user.Access with { Networks = [.. user.Access.Networks, SourceNetworks.None] }),
            10 => WithAccess(user.Access with { Hours = [.. user.Access.Hours, AccessHours.Never] }),
            11 => WithAccess(user.Access with { DeviceSecretsOnly = true }),
            12 => WithAccess(user.Access with { IdleTicks = Math.Min(user.Access.IdleTicks, 1) }),
            13 => e with { User = Some.User(user.Suspended, user.ValidFrom, user.ValidUntil, user.Access, password: (true, true, 0)) },
            14 when device is { State: DeviceState.Approved } => e with { Device = Some.Bound(endpoints: new HashSet<Guid>(), schemes: AuthSchemes.Digest, network: "192.0.2.0/24") },
            _ => e with { Proof = SecretProof.Disproved },
        };

        Evidence WithAccess(AccessRules access) => e with { User = Some.User(user.Suspended, user.ValidFrom, user.ValidUntil, access) };
    }
}
