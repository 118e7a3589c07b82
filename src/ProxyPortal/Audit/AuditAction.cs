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
    public const string SignInLinkIssued = "user.sign_in_link_issued";

    public const string ProxyCreated = "proxy.created";
    public const string ProxyChanged = "proxy.changed";
    public const string ProxyDeleted = "proxy.deleted";
    public const string EndpointCreated = "endpoint.created";
    public const string EndpointChanged = "endpoint.changed";
    public const string EndpointDeleted = "endpoint.deleted";
    public const string CallerKeyIssued = "caller_key.issued";
    public const string CallerKeyRevoked = "caller_key.revoked";

    public const string GroupCreated = "group.created";
    public const string GroupChanged = "group.changed";
    public const string ExpiryPolicyCreated = "expiry_policy.created";
    public const string ExpiryPolicyChanged = "expiry_policy.changed";
    public const string DeviceCreated = "device.created";
    public const string DeviceChanged = "device.changed";
    public const string ApiTokenCreated = "api_token.created";
    public const string ApiTokenChanged = "api_token.changed";

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
