using ProxyPortal.Core.Http;

namespace ProxyPortal.Core.Verification;

/// <summary>Everything one decision weighs.</summary>
/// <param name="Request">What is asked, with the time.</param>
/// <param name="User">The user, or null for an unknown name.</param>
/// <param name="DeviceNamed">Whether the login name named a device.</param>
/// <param name="Device">That device, or null where the user has none of that name.</param>
/// <param name="Proof">What is known about the secret.</param>
/// <param name="LastUsedAt">When the account was last let through, UTC ticks; 0 = never.</param>
public readonly record struct Evidence(VerificationRequest Request, UserModel? User, bool DeviceNamed, DeviceModel? Device, SecretProof Proof, long LastUsedAt = 0)
{
    /// <summary>The rules of the user's groups, read once: no decision sees half of a change.</summary>
    public AccessRules Access { get; init; } = User?.Access.Now ?? AccessRules.Unrestricted;

    /// <summary>When the policies of the groups end the presented secret.</summary>
    public long SecretEndsAt => Device is null ? Access.EndOfPassword(User!.PasswordSetAt, User.Id) : Access.EndOfDeviceSecret(Device.SecretIssuedAt, Device.Id);

    /// <summary>When the account counts as idle unless it is used before.</summary>
    public long IdleFrom => AccessRules.EndOf(Math.Max(LastUsedAt, User!.UsableSince), Access.IdleTicks);

    /// <summary>Whether the secret of this very login was proved: only then may a reason be told.</summary>
    public bool IsProved => (Proof is SecretProof.Proved or SecretProof.VouchedAndProved) && IsKnown;

    /// <summary>Whether it is settled who this is: by a proof, or by the word of a caller that saw one.</summary>
    public bool IsIdentified => IsProved || (Proof is SecretProof.Vouched && IsKnown);

    private bool IsKnown => User is not null && (!DeviceNamed || Device is not null);
}

/// <summary>
/// May this user use the proxy now? Pure: no clock, no store, no logger. The order of the rules is data: the proof comes first,
/// so that every later reason is one that may be told.
/// </summary>
public static class DecisionEngine
{
    private delegate RejectionReason Rule(in Evidence evidence);

    // Whatever way it comes in by.
    private static readonly Rule[] Standing =
    [
        NotSuspended, AlreadyValid, StillValid, NotIdle,             // the account
        DeviceUsed, DeviceApproved, DeviceNotRevoked, DeviceStillValid,
        SecretNotRevoked, SecretStillValid, SecretMayStay,           // the credential
    ];

    private static readonly Rule[] Order =
    [
        Presented, Capacity, Throttle, KnownUser, Proof,             // who it is: told as credential.rejected
        .. Standing,
        SchemeOffered, SchemeAllowed, EndpointAllowed, SourceAllowed, HourAllowed, // the way in
    ];

    /// <summary>The names of the rules in the order in which they are asked.</summary>
    public static IReadOnlyList<string> RuleOrder { get; } = [.. Order.Select(rule => rule.Method.Name)];

    public static VerificationDecision Decide(in Evidence evidence)
    {
        foreach (Rule rule in Order)
        {
            RejectionReason reason = rule(in evidence);
            if (reason is not RejectionReason.None)
                return new VerificationDecision(reason, evidence.IsProved);
        }
        return new VerificationDecision(RejectionReason.None, evidence.IsIdentified);
    }

    /// <summary>Until when an acceptance may be remembered at the latest, UTC ticks: the earliest end of anything that carries it.</summary>
    public static long AcceptableUntil(in Evidence e)
    {
        long until = Math.Min(e.User!.ValidUntil, Math.Min(e.Access.OpenUntil(e.Request.At), e.SecretEndsAt));
        return e.Device is null ? until : Math.Min(until, e.Device.ExpiresAt);
    }

    /// <summary>Why the account or the credential is refused, by whatever way it comes in; None = it is not.</summary>
    public static RejectionReason StandingOf(in Evidence e)
    {
        foreach (Rule rule in Standing)
        {
            RejectionReason reason = rule(in e);
            if (reason is not RejectionReason.None)
                return reason;
        }
        return RejectionReason.None;
    }

    /// <summary>From when the account or the credential is refused if it is not used before, UTC ticks: the time of the question itself where
    /// it is refused already. By whatever way it comes in.</summary>
    public static long RefusedFrom(in Evidence e)
    {
        if (StandingOf(in e) is not RejectionReason.None)
            return e.Request.At;
        long until = Math.Min(Math.Min(e.User!.ValidUntil, e.IdleFrom), e.SecretEndsAt);
        return e.Device is null ? until : Math.Min(until, e.Device.ExpiresAt);
    }

    private static RejectionReason Unless(bool fine, RejectionReason reason) => fine ? RejectionReason.None : reason;

    private static RejectionReason Presented(in Evidence e) => e.Proof switch
    {
        SecretProof.NotPresented => RejectionReason.NoCredentials,
        SecretProof.Unreadable => RejectionReason.HeaderMalformed,
        SecretProof.Unsupported => RejectionReason.SchemeUnsupported,
        _ => RejectionReason.None,
    };

    private static RejectionReason Capacity(in Evidence e) => e.Proof switch
    {
        SecretProof.Overloaded => RejectionReason.Overloaded,
        SecretProof.Unavailable => RejectionReason.BackendUnavailable,
        _ => RejectionReason.None,
    };

    private static RejectionReason Throttle(in Evidence e) => Unless(e.Proof is not SecretProof.Throttled, RejectionReason.Throttled);

    private static RejectionReason KnownUser(in Evidence e) => Unless(e.User is not null, RejectionReason.UnknownUser);

    private static RejectionReason Proof(in Evidence e) => e.Proof switch
    {
        SecretProof.Superseded => RejectionReason.SupersededSecret,
        SecretProof.TicketInvalid => RejectionReason.TicketInvalid,
        SecretProof.Replayed => RejectionReason.TokenReplayed,
        _ => Unless(e.IsIdentified, RejectionReason.WrongSecret),
    };

    private static RejectionReason NotSuspended(in Evidence e) => Unless(!e.User!.Suspended, RejectionReason.AccountSuspended);

    private static RejectionReason AlreadyValid(in Evidence e) => Unless(e.Request.At >= e.User!.ValidFrom, RejectionReason.AccountNotYetValid);

    // Half-open: at the very instant of its end an account has ended, the same on every node.
    private static RejectionReason StillValid(in Evidence e) => Unless(e.Request.At < e.User!.ValidUntil, RejectionReason.AccountExpired);

    private static RejectionReason NotIdle(in Evidence e) =>
        Unless(e.Request.At < e.IdleFrom, RejectionReason.AccountIdle);

    private static RejectionReason DeviceUsed(in Evidence e) => Unless(e.DeviceNamed || !e.Access.DeviceSecretsOnly, RejectionReason.DeviceRequired);

    private static RejectionReason DeviceApproved(in Evidence e) =>
        Unless(e.Device is not { State: DeviceState.Requested }, RejectionReason.DeviceRequested);

    private static RejectionReason DeviceNotRevoked(in Evidence e) =>
        Unless(e.Device is not { State: DeviceState.Revoked or DeviceState.Paused }, RejectionReason.DeviceRevoked);

    private static RejectionReason DeviceStillValid(in Evidence e) =>
        Unless(e.Device is null || e.Request.At < e.Device.ExpiresAt, RejectionReason.DeviceExpired);

    private static RejectionReason SecretNotRevoked(in Evidence e) =>
        Unless(!(e.Device?.SecretRevoked ?? e.User!.PasswordRevoked), RejectionReason.CredentialRevoked);

    private static RejectionReason SecretStillValid(in Evidence e) =>
        Unless(e.Request.At < e.SecretEndsAt, RejectionReason.CredentialExpired);

    // A password that someone else chose, or that leaked, is good for one thing: to choose another one in the portal.
    private static RejectionReason SecretMayStay(in Evidence e) => Unless(e.Device is not null || !e.User!.MustChangePassword, RejectionReason.MustChange);

    // A caller with several endpoints that names none could mean any of them: the scheme must hold at each.
    private static RejectionReason SchemeOffered(in Evidence e) =>
        Unless(Has(e.Request.OfferedSchemes, e.Request.Scheme), RejectionReason.SchemeNotAllowed);

    private static RejectionReason SchemeAllowed(in Evidence e) =>
        Unless(Has(e.Access.Schemes, e.Request.Scheme) && (e.Device?.Binding is not { } bound || Has(bound.Schemes, e.Request.Scheme)), RejectionReason.SchemeNotAllowed);

    // A caller that names no endpoint cannot reach a user whose groups, or whose device, name theirs: fail closed.
    private static RejectionReason EndpointAllowed(in Evidence e) =>
        Unless(IsAmong(e.Access.Endpoints, e.Request.Endpoint) && IsAmong(e.Device?.Binding?.Endpoints, e.Request.Endpoint), RejectionReason.EndpointNotAllowed);

    // An address that the caller did not tell lies in no network: fail closed.
    private static RejectionReason SourceAllowed(in Evidence e) =>
        Unless(e.Access.AllowsSource(e.Request.ClientAddress) && (e.Device?.Binding?.Networks ?? SourceNetworks.Any).Contains(e.Request.ClientAddress), RejectionReason.SourceNotAllowed);

    private static RejectionReason HourAllowed(in Evidence e) => Unless(e.Access.OpenUntil(e.Request.At) > e.Request.At, RejectionReason.TimeNotAllowed);

    private static bool IsAmong(IReadOnlySet<Guid>? allowed, EndpointModel? at) => allowed is null || (at is not null && allowed.Contains(at.Id));

    private static bool Has(AuthSchemes set, AuthSchemes scheme) => (set & scheme) == scheme && scheme != AuthSchemes.None;
}
