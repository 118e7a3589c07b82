namespace ProxyPortal.Audit;

/// <summary>Every act the audit trail knows. Codes are stored and exported: append only.</summary>
public static class AuditAction
{
    public const string SetupCompleted = "setup.completed";
    public const string SettingsChanged = "settings.changed";
    public const string BootstrapApplied = "bootstrap.applied";

    public const string UserCreated = "user.created";
    public const string UserChanged = "user.changed";
    public const string UserSuspended = "user.suspended";
    public const string UserResumed = "user.resumed";
    public const string UserDeleted = "user.deleted";
    public const string UserRestored = "user.restored";
    public const string PasswordLinkIssued = "user.password_link_issued";
    public const string PasswordSet = "user.password_set";
    public const string MailChangeAsked = "user.mail_change_asked";
    public const string MailChanged = "user.mail_changed";
    public const string MailChangeUndone = "user.mail_change_undone";
    public const string SignInLinkIssued = "user.sign_in_link_issued";

    public const string ProxyCreated = "proxy.created";
    public const string ProxyChanged = "proxy.changed";
    public const string ProxyDeleted = "proxy.deleted";
    public const string EndpointCreated = "endpoint.created";
    public const string EndpointChanged = "endpoint.changed";
    public const string EndpointDeleted = "endpoint.deleted";
    public const string CallerKeyIssued = "caller_key.issued";
    public const string CallerKeyRevoked = "caller_key.revoked";

    public const string CallerKeyChanged = "caller_key.changed";
    public const string CallerKeyExposed = "caller_key.exposed";
    public const string CallerKeyMisplaced = "caller_key.wrong_source";

    public const string PacProfileCreated = "pac_profile.created";
    public const string PacProfileChanged = "pac_profile.changed";
    public const string PacProfileDeleted = "pac_profile.deleted";
    public const string GuideCreated = "guide.created";
    public const string GuideChanged = "guide.changed";
    public const string GuidePublished = "guide.published";
    public const string GuideWithdrawn = "guide.withdrawn";
    public const string GuideDeleted = "guide.deleted";
    public const string ChangeAnnounced = "announcement.created";
    public const string AnnouncementChanged = "announcement.changed";
    public const string AnnouncementWithdrawn = "announcement.withdrawn";
    public const string AnnouncementReminded = "announcement.reminded";
    public const string AnnouncementCarriedOut = "announcement.carried_out";
    public const string AnnouncementAcknowledged = "announcement.acknowledged";

    public const string GroupCreated = "group.created";
    public const string GroupChanged = "group.changed";
    public const string GroupDeleted = "group.deleted";
    public const string ExpiryPolicyCreated = "expiry_policy.created";
    public const string ExpiryPolicyChanged = "expiry_policy.changed";
    public const string ExpiryPolicyDeleted = "expiry_policy.deleted";
    public const string DeviceCreated = "device.created";
    public const string DeviceChanged = "device.changed";
    public const string DeviceRequested = "device.requested";
    public const string DeviceApproved = "device.approved";
    public const string DeviceDeclined = "device.declined";
    public const string DeviceRevoked = "device.revoked";
    public const string DevicePaused = "device.paused";
    public const string DeviceResumed = "device.resumed";
    public const string DeviceDeleted = "device.deleted";
    public const string DeviceSecretIssued = "device.secret_issued";
    public const string DevicePairingLinkIssued = "device.pairing_link_issued";
    public const string ViewedAs = "help_desk.viewed_as";
    public const string CallerCodeSent = "help_desk.code_sent";
    public const string CallerVerified = "help_desk.caller_verified";
    public const string CallerNotVerified = "help_desk.caller_not_verified";
    public const string RequestMade = "request.made";
    public const string RequestAccepted = "request.accepted";
    public const string RequestDeclined = "request.declined";
    public const string RequestWithdrawn = "request.withdrawn";
    public const string Invited = "request.invited";
    public const string ApiTokenCreated = "api_token.created";
    public const string ApiTokenChanged = "api_token.changed";
    public const string ApiTokenRevoked = "api_token.revoked";

    public const string UsersImported = "users.imported";
    public const string UsersExported = "users.exported";
    public const string UsersChangedInBulk = "users.changed_in_bulk";
    public const string NewSecretRequired = "user.new_secret_required";
    public const string AuditExported = "audit.exported";
    public const string AuditRetained = "audit.retained";
    public const string SessionEnded = "session.ended";

    public const string PasswordLinkMailed = "user.password_link_mailed";
    public const string PasswordResetMailed = "user.password_reset_mailed";
    public const string PasswordResetRefused = "user.password_reset_refused";
    public const string NoticesChosen = "user.notices_chosen";
    public const string MailResent = "mail.resent";
    public const string MailCancelled = "mail.cancelled";
    public const string MailTested = "mail.tested";

    public const string SignedIn = "sign_in.succeeded";
    public const string SignInFailed = "sign_in.failed";
    public const string SignedOut = "sign_out";
    public const string SecondFactorEnrolled = "second_factor.enrolled";
    public const string RecoveryCodesIssued = "second_factor.recovery_codes_issued";
    public const string RecoveryCodeUsed = "second_factor.recovery_code_used";
    public const string PasskeyAdded = "passkey.added";
    public const string PasskeyRemoved = "passkey.removed";
    public const string Refused = "authorization.refused";
}
