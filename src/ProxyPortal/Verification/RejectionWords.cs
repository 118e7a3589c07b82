using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>A rejection's true reason for those who run the portal; the person at the client may hear less.</summary>
/// <param name="Title">What it was.</param>
/// <param name="Meaning">What that means and what helps.</param>
public sealed record RejectionWords(string Title, string Meaning)
{
    public static RejectionWords Of(RejectionReason reason) => reason switch
    {
        RejectionReason.None => new("Accepted", "Nothing was wrong."),
        RejectionReason.NoCredentials => new("No credentials", "The client was asked to sign in. This is how every session starts."),
        RejectionReason.HeaderMalformed => new("Unreadable credentials", "What the client sent is not a well-formed header; look at the client."),
        RejectionReason.SchemeNotAllowed => new("Scheme not allowed", "The endpoint or one of the user's groups forbids this way of signing in."),
        RejectionReason.SchemeUnsupported => new("Scheme unsupported", "The client used a way of signing in that the portal does not know."),
        RejectionReason.UnknownUser => new("Unknown user", "There is no such user-id: mistyped, deleted, or somebody guesses."),
        RejectionReason.WrongSecret => new("Wrong password", "The user exists, the password or device secret is not the present one."),
        RejectionReason.SupersededSecret => new("Old secret", "A secret that was replaced: the device still holds the earlier one."),
        RejectionReason.CredentialExpired => new("Secret expired", "The password or device secret was right, but is too old. Issue a new one."),
        RejectionReason.CredentialRevoked => new("Secret revoked", "The device secret was right, but was revoked."),
        RejectionReason.MustChange => new("Password must change", "The password was right, but a new one must be chosen in the portal first."),
        RejectionReason.AccountNotYetValid => new("Not yet valid", "Signed in rightly before the access starts."),
        RejectionReason.AccountExpired => new("Access ended", "Signed in rightly after the access ended. Extend it if that was not meant."),
        RejectionReason.AccountSuspended => new("Suspended", "Signed in rightly, but the user is suspended."),
        RejectionReason.AccountIdle => new("Unused too long", "Signed in rightly, but the access ended because it was not used."),
        RejectionReason.DeviceRequested => new("Device waits for approval", "Approve or refuse the device."),
        RejectionReason.DeviceExpired => new("Device approval ended", "Signed in rightly, but the device's approval is over."),
        RejectionReason.DeviceRevoked => new("Device revoked", "Signed in rightly with a device that was revoked."),
        RejectionReason.DeviceRequired => new("Device required", "The user's own password was used where only device secrets are accepted."),
        RejectionReason.EndpointNotAllowed => new("Endpoint not allowed", "Signed in rightly at an endpoint that the user's groups do not include."),
        RejectionReason.SourceNotAllowed => new("Address not allowed", "Signed in rightly from an address that is not allowed."),
        RejectionReason.TimeNotAllowed => new("Hour not allowed", "Signed in rightly at an hour that is not allowed."),
        RejectionReason.Throttled => new("Too many attempts", "Not even checked: too many failures came from there before."),
        RejectionReason.TicketInvalid => new("Ticket invalid", "The ticket cannot be read or has ended."),
        RejectionReason.TokenReplayed => new("Token used twice", "A token that works once came a second time."),
        RejectionReason.Overloaded => new("Overloaded", "Not checked: too many password checks at once. Says nothing about the credentials."),
        RejectionReason.BackendUnavailable => new("Not reachable", "Not checked: something the check needs did not answer. Says nothing about the credentials."),
    };
}
