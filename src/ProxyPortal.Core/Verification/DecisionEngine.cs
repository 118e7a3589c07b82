using ProxyPortal.Core.Http;

namespace ProxyPortal.Core.Verification;

/// <summary>Everything one decision weighs.</summary>
/// <param name="Request">What is asked, with the time.</param>
/// <param name="User">The user, or null for an unknown name.</param>
/// <param name="DeviceNamed">Whether the login name named a device.</param>
/// <param name="Device">That device, or null where the user has none of that name.</param>
/// <param name="Proof">What is known about the secret.</param>
public readonly record struct Evidence(VerificationRequest Request, UserModel? User, bool DeviceNamed, DeviceModel? Device, SecretProof Proof);

/// <summary>
/// May this user use the proxy now? Pure: no clock, no store, no logger. The order of the rules is data: the proof comes first,
/// so that every later reason is one that may be told.
/// </summary>
public static class DecisionEngine
{
    private delegate RejectionReason Rule(in Evidence evidence);

    private static readonly Rule[] Order =
    [
        Capacity, Throttle, KnownUser, Proof,                       // who it is: told as credential.rejected
        NotSuspended, AlreadyValid, StillValid,                     // the account
        DeviceApproved, DeviceNotRevoked, DeviceStillValid, SecretStillValid,
        SchemeOffered, SchemeAllowed, EndpointAllowed,              // the way in
    ];

    /// <summary>The names of the rules in the order in which they are asked.</summary>
    public static IReadOnlyList<string> RuleOrder { get; } = [.. Order.Select(rule => rule.Method.Name)];

    public static VerificationDecision Decide(in Evidence evidence)
    {
        foreach (Rule rule in Order)
        {
            RejectionReason reason = rule(in evidence);
            if (reason is not RejectionReason.None)
                return new VerificationDecision(reason, IsProved(in evidence));
        }
        return new VerificationDecision(RejectionReason.None, IsProved(in evidence));
    }

    /// <summary>Until when an acceptance may be remembered at the latest, UTC ticks: the earliest end of anything that carries it.</summary>
    public static long AcceptableUntil(UserModel user, DeviceModel? device) =>
        device is null ? user.ValidUntil : Math.Min(user.ValidUntil, Math.Min(device.ExpiresAt, device.SecretExpiresAt));

    private static bool IsProved(in Evidence e) => e.Proof is SecretProof.Proved && e.User is not null && (!e.DeviceNamed || e.Device is not null);

    private static RejectionReason Unless(bool fine, RejectionReason reason) => fine ? RejectionReason.None : reason;

    private static RejectionReason Capacity(in Evidence e) => Unless(e.Proof is not SecretProof.Overloaded, RejectionReason.Overloaded);

    private static RejectionReason Throttle(in Evidence e) => Unless(e.Proof is not SecretProof.Throttled, RejectionReason.Throttled);

    private static RejectionReason KnownUser(in Evidence e) => Unless(e.User is not null, RejectionReason.UnknownUser);

    private static RejectionReason Proof(in Evidence e) => Unless(IsProved(in e), RejectionReason.WrongSecret);

    private static RejectionReason NotSuspended(in Evidence e) => Unless(!e.User!.Suspended, RejectionReason.AccountSuspended);

    private static RejectionReason AlreadyValid(in Evidence e) => Unless(e.Request.At >= e.User!.ValidFrom, RejectionReason.AccountNotYetValid);

    // Half-open: at the very instant of its end an account has ended, the same on every node.
    private static RejectionReason StillValid(in Evidence e) => Unless(e.Request.At < e.User!.ValidUntil, RejectionReason.AccountExpired);

    private static RejectionReason DeviceApproved(in Evidence e) =>
        Unless(e.Device is not { State: DeviceState.Requested }, RejectionReason.DeviceRequested);

    private static RejectionReason DeviceNotRevoked(in Evidence e) =>
        Unless(e.Device is not { State: DeviceState.Revoked }, RejectionReason.DeviceRevoked);

    private static RejectionReason DeviceStillValid(in Evidence e) =>
        Unless(e.Device is null || e.Request.At < e.Device.ExpiresAt, RejectionReason.DeviceExpired);

    private static RejectionReason SecretStillValid(in Evidence e) =>
        Unless(e.Device is null || e.Request.At < e.Device.SecretExpiresAt, RejectionReason.CredentialExpired);

    // A caller with several endpoints that names none could mean any of them: the scheme must hold at each.
    private static RejectionReason SchemeOffered(in Evidence e) =>
        Unless(Has(e.Request.OfferedSchemes, e.Request.Scheme), RejectionReason.SchemeNotAllowed);

    private static RejectionReason SchemeAllowed(in Evidence e) =>
        Unless(Has(e.User!.Access.Schemes, e.Request.Scheme), RejectionReason.SchemeNotAllowed);

    // A caller that names no endpoint cannot reach a user whose groups name theirs: fail closed.
    private static RejectionReason EndpointAllowed(in Evidence e) =>
        Unless(e.User!.Access.Endpoints is null || (e.Request.Endpoint is { } at && e.User.Access.Endpoints.Contains(at.Id)), RejectionReason.EndpointNotAllowed);

    private static bool Has(AuthSchemes set, AuthSchemes scheme) => (set & scheme) == scheme && scheme != AuthSchemes.None;
}
