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
        [AuditAction.PasswordLinkMailed] = "Password link mailed",
        [AuditAction.PasswordResetMailed] = "Password reset mailed",
        [AuditAction.PasswordResetRefused] = "Password reset asked for in vain",
        [AuditAction.NoticesChosen] = "Notices chosen",
        [AuditAction.MailResent] = "Mail sent on demand",
        [AuditAction.MailCancelled] = "Mail cancelled",
        [AuditAction.MailTested] = "Mail tested",
        [AuditAction.MailChangeAsked] = "Mail change asked for",
        [AuditAction.MailChanged] = "Mail changed by its owner",
        [AuditAction.MailChangeUndone] = "Mail change undone",
        [AuditAction.SignInLinkIssued] = "Sign-in link created",
        [AuditAction.NewSecretRequired] = "New secret required",
        [AuditAction.UsersChangedInBulk] = "Users changed in bulk",
        [AuditAction.UsersImported] = "Users imported",
        [AuditAction.UsersExported] = "Users exported",
        [AuditAction.DeviceCreated] = "Device added",
        [AuditAction.DeviceChanged] = "Device changed",
        [AuditAction.DeviceRequested] = "Device asked for",
        [AuditAction.DeviceApproved] = "Device approved",
        [AuditAction.DeviceDeclined] = "Device declined",
        [AuditAction.DeviceRevoked] = "Device revoked",
        [AuditAction.DevicePaused] = "Device paused",
        [AuditAction.DeviceResumed] = "Device resumed",
        [AuditAction.DeviceDeleted] = "Device removed",
        [AuditAction.DeviceSecretIssued] = "Device secret issued",
        [AuditAction.DevicePairingLinkIssued] = "Device pairing link created",
        [AuditAction.GroupCreated] = "Group added",
        [AuditAction.GroupChanged] = "Group changed",
        [AuditAction.GroupDeleted] = "Group removed",
        [AuditAction.ExpiryPolicyCreated] = "Expiry policy added",
        [AuditAction.ExpiryPolicyChanged] = "Expiry policy changed",
        [AuditAction.ExpiryPolicyDeleted] = "Expiry policy removed",
        [AuditAction.ProxyCreated] = "Proxy added",
        [AuditAction.ProxyChanged] = "Proxy changed",
        [AuditAction.ProxyDeleted] = "Proxy removed",
        [AuditAction.EndpointCreated] = "Endpoint added",
        [AuditAction.EndpointChanged] = "Endpoint changed",
        [AuditAction.EndpointDeleted] = "Endpoint removed",
        [AuditAction.PacProfileCreated] = "PAC profile added",
        [AuditAction.PacProfileChanged] = "PAC profile changed",
        [AuditAction.PacProfileDeleted] = "PAC profile removed",
        [AuditAction.GuideCreated] = "Guide added",
        [AuditAction.GuideChanged] = "Guide changed",
        [AuditAction.GuidePublished] = "Guide published",
        [AuditAction.GuideWithdrawn] = "Guide withdrawn",
        [AuditAction.GuideDeleted] = "Guide removed",
        [AuditAction.ChangeAnnounced] = "Change of an endpoint announced",
        [AuditAction.AnnouncementChanged] = "Announcement changed",
        [AuditAction.AnnouncementWithdrawn] = "Announcement withdrawn",
        [AuditAction.AnnouncementReminded] = "Users of the old endpoint reminded",
        [AuditAction.AnnouncementCarriedOut] = "Announced change carried out",
        [AuditAction.AnnouncementAcknowledged] = "Announcement acknowledged",
        [AuditAction.CallerKeyIssued] = "Caller key issued",
        [AuditAction.CallerKeyRevoked] = "Caller key revoked",
        [AuditAction.CallerKeyChanged] = "Caller key changed",
        [AuditAction.CallerKeyExposed] = "Caller key seen in a URL",
        [AuditAction.CallerKeyMisplaced] = "Caller key used from a wrong address",
        [AuditAction.ViewedAs] = "Looked at as the user",
        [AuditAction.CallerCodeSent] = "Code sent to verify a caller",
        [AuditAction.CallerVerified] = "Caller verified",
        [AuditAction.CallerNotVerified] = "Caller not verified",
        [AuditAction.RequestMade] = "Request made",
        [AuditAction.RequestAccepted] = "Request accepted",
        [AuditAction.RequestDeclined] = "Request declined",
        [AuditAction.RequestWithdrawn] = "Request withdrawn",
        [AuditAction.Invited] = "Invited to ask for access",
        [AuditAction.ApiTokenCreated] = "API token added",
        [AuditAction.ApiTokenChanged] = "API token changed",
        [AuditAction.ApiTokenRevoked] = "API token revoked",
        [AuditAction.SignedIn] = "Signed in",
        [AuditAction.SignInFailed] = "Sign-in failed",
        [AuditAction.SignedOut] = "Signed out",
        [AuditAction.SessionEnded] = "Session ended",
        [AuditAction.SecondFactorEnrolled] = "Second factor set up",
        [AuditAction.RecoveryCodesIssued] = "Recovery codes created",
        [AuditAction.RecoveryCodeUsed] = "Recovery code used",
        [AuditAction.PasskeyAdded] = "Passkey added",
        [AuditAction.PasskeyRemoved] = "Passkey removed",
        [AuditAction.Refused] = "Refused: not allowed",
        [AuditAction.AuditExported] = "Audit trail exported",
        [AuditAction.AuditRetained] = "Old audit entries removed",
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
