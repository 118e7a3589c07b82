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

    private static readonly Gen<SecretLifetime[]> Lifetimes = Gen.Select(OneOf(Some.SecretAge, 3 * TimeSpan.TicksPerDay), OneOf(0L, TimeSpan.TicksPerDay), Gen.Int[0, 2], Gen.Bool, (age, grace, jitter, spares) =>
        new SecretLifetime(age) { Grace = grace, JitterDays = age > TimeSpan.TicksPerDay ? jitter : 0, Spared = spares ? new DaysOff([new DateOnly(1, 1, 1)]) : null }).Array[0, 2];

    private static readonly Gen<AccessRules> Access = Gen.Select(Schemes, Gen.Int[0, 2], (schemes, endpoints) =>
        new AccessRules([], endpoints switch { 0 => null, 1 => new HashSet<Guid> { Some.HqId }, _ => new HashSet<Guid>() }, schemes))
        .Select(Gen.Bool, Gen.Bool, Gen.Bool, OneOf(long.MaxValue, Some.IdleTicks), Lifetimes).Select((access, narrow, closed, devices, idle, lifetimes) => access with
        {
            Networks = narrow ? Some.Network("192.0.2.0/24").Networks : [],
            Hours = closed ? Some.Open("Tue 08:00-09:00").Hours : [],
            DeviceSecretsOnly = devices,
            IdleTicks = idle,
            PasswordLifetimes = lifetimes,
            DeviceSecretLifetimes = lifetimes,
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

    // What the preview of a policy counts by is what happens when the day comes.
    [Fact]
    public void RefusedFrom_IsTheFirstMomentAtWhichTheAccountOrTheCredentialIsRefused() => Any.Sample(evidence =>
    {
        if (evidence.User is null)
            return;
        long from = DecisionEngine.RefusedFrom(evidence);
        Assert.True(from >= evidence.Request.At);
        if (from == evidence.Request.At)
            Assert.NotEqual(RejectionReason.None, DecisionEngine.StandingOf(evidence));
        else
            Assert.Equal(RejectionReason.None, DecisionEngine.StandingOf(At(evidence, from - 1)));
        if (from < long.MaxValue)
            Assert.NotEqual(RejectionReason.None, DecisionEngine.StandingOf(At(evidence, from)));
        if (evidence.IsProved && from <= evidence.Request.At)
            Assert.Equal(DecisionEngine.StandingOf(evidence), DecisionEngine.Decide(evidence).Reason);

        static Evidence At(Evidence e, long at) => e with { Request = e.Request with { At = at } };
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
        AccessRules rules = e.Access;
        return which switch
        {
            0 => WithUser(Some.User(true, user.ValidFrom, user.ValidUntil, rules)),
            1 => WithUser(Some.User(user.Suspended, Math.Max(user.ValidFrom, Some.Now), user.ValidUntil, rules)),
            2 => WithUser(Some.User(user.Suspended, user.ValidFrom, Math.Min(user.ValidUntil, Some.Now + 1), rules)),
            3 => e with { Access = rules with { Schemes = rules.Schemes & AuthSchemes.Basic } },
            4 => e with { Access = rules with { Endpoints = rules.Endpoints is null ? new HashSet<Guid> { Some.HqId } : new HashSet<Guid>() } },
            5 => e with { Proof = SecretProof.Throttled },
            6 when device is not null => e with { Device = Some.Device(device.State, Math.Min(device.ExpiresAt, Some.Now + 1), device.SecretIssuedAt) },
            7 => e with { Access = rules with { PasswordLifetimes = [.. rules.PasswordLifetimes, new(1)], DeviceSecretLifetimes = [.. rules.DeviceSecretLifetimes, new(1)] } },
            8 when device is not null => e with { Device = Some.Device(DeviceState.Revoked, device.ExpiresAt, device.SecretIssuedAt) },
            9 => e with { Access = rules with { Networks = [.. rules.Networks, SourceNetworks.None] } },
            10 => e with { Access = rules with { Hours = [.. rules.Hours, AccessHours.Never] } },
            11 => e with { Access = rules with { DeviceSecretsOnly = true } },
            12 => e with { Access = rules with { IdleTicks = Math.Min(rules.IdleTicks, 1) } },
            13 => WithUser(Some.User(user.Suspended, user.ValidFrom, user.ValidUntil, rules, password: (true, true))),
            14 when device is { State: DeviceState.Approved } => e with { Device = Some.Bound(endpoints: new HashSet<Guid>(), schemes: AuthSchemes.Digest, network: "192.0.2.0/24") },
            _ => e with { Proof = SecretProof.Disproved },
        };

        Evidence WithUser(UserModel changed) => e with { User = changed, Access = changed.Access.Now };
    }
}
