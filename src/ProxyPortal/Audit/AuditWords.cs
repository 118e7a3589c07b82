namespace ProxyPortal.Audit;

/// <summary>The codes of the audit trail in plain words; a test keeps them complete.</summary>
public static class AuditWords
{
    /// <summary>In the order in which the filter offers them.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [AuditAction.UserCreated] = "User added",
        [AuditAction.UserChanged] = "User changed",
        [AuditAction.UserSuspended] = "User suspended",
        [AuditAction.UserResumed] = "User resumed",
        [AuditAction.UserDeleted] = "User moved to the bin",
        [AuditAction.UserRestored] = "User restored",
        [AuditAction.PasswordLinkIssued] = "Password link created",
        [AuditAction.PasswordSet] = "Password set",
        [AuditAction.SignInLinkIssued] = "Sign-in link created",
        [AuditAction.DeviceCreated] = "Device added",
        [AuditAction.DeviceChanged] = "Device changed",
        [AuditAction.GroupCreated] = "Group added",
        [AuditAction.GroupChanged] = "Group changed",
        [AuditAction.ExpiryPolicyCreated] = "Expiry policy added",
        [AuditAction.ExpiryPolicyChanged] = "Expiry policy changed",
        [AuditAction.ProxyCreated] = "Proxy added",
        [AuditAction.ProxyChanged] = "Proxy changed",
        [AuditAction.ProxyDeleted] = "Proxy removed",
        [AuditAction.EndpointCreated] = "Endpoint added",
        [AuditAction.EndpointChanged] = "Endpoint changed",
        [AuditAction.EndpointDeleted] = "Endpoint removed",
        [AuditAction.CallerKeyIssued] = "Caller key issued",
        [AuditAction.CallerKeyRevoked] = "Caller key revoked",
        [AuditAction.ApiTokenCreated] = "API token added",
        [AuditAction.ApiTokenChanged] = "API token changed",
        [AuditAction.SignedIn] = "Signed in",
        [AuditAction.SignInFailed] = "Sign-in failed",
        [AuditAction.SignedOut] = "Signed out",
        [AuditAction.SecondFactorEnrolled] = "Second factor set up",
        [AuditAction.RecoveryCodesIssued] = "Recovery codes created",
        [AuditAction.RecoveryCodeUsed] = "Recovery code used",
        [AuditAction.PasskeyAdded] = "Passkey added",
        [AuditAction.PasskeyRemoved] = "Passkey removed",
        [AuditAction.Refused] = "Refused: not allowed",
        [AuditAction.SettingsChanged] = "Settings changed",
        [AuditAction.SetupCompleted] = "First set-up completed",
        [AuditAction.BootstrapApplied] = "Bootstrap file applied",
    };

    private static readonly Dictionary<string, string> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["userName"] = "User-id",
        ["displayName"] = "Name",
        ["email"] = "Mail",
        ["role"] = "Portal role",
        ["suspendedAt"] = "Suspended",
        ["deletedAt"] = "Deleted",
        ["publicUrl"] = "Public URL",
        ["hint"] = "Key begins with",
        ["setupCompletedAt"] = "Set-up completed",
    };

    /// <summary>The words of a code; the code itself when a newer version wrote it.</summary>
    public static string Of(string action) => All.GetValueOrDefault(action, action);

    /// <summary>A stored field as people say it: <c>validUntil</c> becomes "Valid until".</summary>
    public static string Field(string name)
    {
        if (Fields.TryGetValue(name, out string? words))
            return words;
        string spaced = string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
        return spaced.Length == 0 ? spaced : char.ToUpperInvariant(spaced[0]) + spaced[1..];
    }
}
