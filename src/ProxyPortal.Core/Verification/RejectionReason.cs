namespace ProxyPortal.Core.Verification;

/// <summary>Why a verification was not accepted: the closed list of the public contract. Append only, never renumber: the numbers
/// are stored. The codes are in <see cref="RejectionReasons.Code"/>.</summary>
public enum RejectionReason
{
    None = 0,
    NoCredentials = 1,
    HeaderMalformed = 2,
    SchemeNotAllowed = 3,
    SchemeUnsupported = 4,
    UnknownUser = 5,
    WrongSecret = 6,
    SupersededSecret = 7,
    CredentialExpired = 8,
    CredentialRevoked = 9,
    MustChange = 10,
    AccountNotYetValid = 11,
    AccountExpired = 12,
    AccountSuspended = 13,
    AccountIdle = 14,
    DeviceRequested = 15,
    DeviceExpired = 16,
    DeviceRevoked = 17,
    DeviceRequired = 18,
    EndpointNotAllowed = 19,
    SourceNotAllowed = 20,
    TimeNotAllowed = 21,
    Throttled = 22,
    TicketInvalid = 23,
    TokenReplayed = 24,
    Overloaded = 25,
    BackendUnavailable = 26,
}

public static class RejectionReasons
{
    /// <summary>The one public answer while the secret was not proved.</summary>
    public const string PublicCode = "credential.rejected";

    /// <summary>The code of the contract, as in events, metrics and help pages.</summary>
    public static string Code(this RejectionReason reason) => reason switch
    {
        RejectionReason.None => "ok",
        RejectionReason.NoCredentials => "challenge.no_credentials",
        RejectionReason.HeaderMalformed => "header.malformed",
        RejectionReason.SchemeNotAllowed => "scheme.not_allowed",
        RejectionReason.SchemeUnsupported => "scheme.unsupported",
        RejectionReason.UnknownUser => "credential.unknown_user",
        RejectionReason.WrongSecret => "credential.wrong",
        RejectionReason.SupersededSecret => "credential.superseded",
        RejectionReason.CredentialExpired => "credential.expired",
        RejectionReason.CredentialRevoked => "credential.revoked",
        RejectionReason.MustChange => "credential.must_change",
        RejectionReason.AccountNotYetValid => "account.not_yet_valid",
        RejectionReason.AccountExpired => "account.expired",
        RejectionReason.AccountSuspended => "account.suspended",
        RejectionReason.AccountIdle => "account.idle",
        RejectionReason.DeviceRequested => "device.requested",
        RejectionReason.DeviceExpired => "device.expired",
        RejectionReason.DeviceRevoked => "device.revoked",
        RejectionReason.DeviceRequired => "device.required",
        RejectionReason.EndpointNotAllowed => "endpoint.not_allowed",
        RejectionReason.SourceNotAllowed => "source.not_allowed",
        RejectionReason.TimeNotAllowed => "time.not_allowed",
        RejectionReason.Throttled => "throttled",
        RejectionReason.TicketInvalid => "ticket.invalid",
        RejectionReason.TokenReplayed => "token.replayed",
        RejectionReason.Overloaded => "overloaded",
        RejectionReason.BackendUnavailable => "backend.unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>The reason of a <see cref="Code"/>.</summary>
    public static bool TryParse(string code, out RejectionReason reason)
    {
        foreach (RejectionReason candidate in Enum.GetValues<RejectionReason>())
        {
            if (candidate.Code() == code)
            {
                reason = candidate;
                return true;
            }
        }
        reason = RejectionReason.None;
        return false;
    }

    /// <summary>One sentence for the person at the client; said only when the secret was proved.</summary>
    public static string Message(this RejectionReason reason) => reason switch
    {
        RejectionReason.SchemeNotAllowed => "This way of signing in is not allowed at this proxy.",
        RejectionReason.CredentialExpired => "Your password or device secret has expired. Renew it in the portal.",
        RejectionReason.CredentialRevoked => "This device secret was revoked.",
        RejectionReason.MustChange => "Choose a new password in the portal first.",
        RejectionReason.AccountNotYetValid => "Your access has not started yet.",
        RejectionReason.AccountExpired => "Your access has ended. Ask your administrator to extend it.",
        RejectionReason.AccountSuspended => "Your access is suspended. Ask your administrator.",
        RejectionReason.AccountIdle => "Your access ended because it was not used.",
        RejectionReason.DeviceRequested => "This device is waiting for approval.",
        RejectionReason.DeviceExpired => "The approval of this device has ended.",
        RejectionReason.DeviceRevoked => "This device was revoked or paused.",
        RejectionReason.DeviceRequired => "Sign in with a device secret, not with your password.",
        RejectionReason.EndpointNotAllowed => "You may not use this proxy.",
        RejectionReason.SourceNotAllowed => "You may not use the proxy from this address.",
        RejectionReason.TimeNotAllowed => "You may not use the proxy at this hour.",
        RejectionReason.Overloaded or RejectionReason.BackendUnavailable => "The check is not possible right now. Try again in a moment.",
        _ => "The proxy did not accept these credentials.",
    };
}
