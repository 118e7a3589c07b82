namespace ProxyPortal.Management.Reference;

/// <summary>A call that works as it stands.</summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Address">Below <c>/api/v1</c>. What is in braces stands for something that exists: <c>{token}</c> for the id of a token.</param>
/// <param name="Body">Null where none is sent.</param>
/// <param name="MediaType">What the body is.</param>
public sealed record ApiExample(string Operation, string Address, string? Body = null, string MediaType = "application/json");

/// <summary>One example for each operation, for the reference page; a test calls every one, and fails for an operation that has none.</summary>
internal static class ApiExamples
{
    public static IReadOnlyList<ApiExample> All { get; } =
    [
        new("listUsers", "/users?status=active&sort=-createdAt&pageSize=50"),
        new("createUser", "/users", """{ "userId": "carol", "displayName": "Carol Example", "email": "carol@example.test", "groups": ["staff"], "tags": ["berlin"], "validUntil": "2099-12-31T00:00:00Z" }"""),
        new("exportUsers", "/users/export?format=csv&group=staff"),
        new("getUser", "/users/alice"),
        new("changeUser", "/users/alice", """{ "displayName": "Alice Abel", "notes": null }"""),
        new("suspendUser", "/users/alice/suspend"),
        new("resumeUser", "/users/alice/resume"),
        new("resetUserPassword", "/users/alice/reset-link"),
        new("getUserEffectivePolicy", "/users/alice/effective-policy"),
        new("deleteUser", "/users/{leaver}"),
        new("restoreUser", "/users/{leaver}/restore"),
        new("changeUsersInBulk", "/users/bulk", """{ "action": "shiftExpiry", "days": 30, "filter": { "group": "staff" }, "preview": true }"""),
        new("getUserJob", "/users/jobs/{job}"),
        new("undoUserJob", "/users/jobs/{job}/undo"),
        new("importUsers", "/users/import?format=csv&dryRun=true", "userId,displayName,email\nerin,Erin Example,erin@example.test\n", "text/csv"),

        new("listDevices", "/devices?state=approved&user=alice"),
        new("listDevicesOfUser", "/users/alice/devices"),
        new("createDevice", "/users/alice/devices", """{ "name": "tablet", "kind": "tablet", "networks": ["192.0.2.0/24"] }"""),
        new("getDevice", "/devices/{device}"),
        new("changeDevice", "/devices/{device}", """{ "note": "In the workshop", "expiresAt": "2099-06-30T00:00:00Z" }"""),
        new("rotateDevice", "/devices/{device}/rotate", """{ "overlapHours": 4 }"""),
        new("pairDevice", "/devices/{device}/pairing-link"),
        new("approveDevice", "/devices/{request}/approve", "{}"),
        new("declineDevice", "/devices/{otherRequest}/decline", """{ "reason": "Use the laptop that you have." }"""),
        new("decideDevices", "/devices/decide", """{ "ids": ["{thirdRequest}"], "decision": "approve" }"""),
        new("pauseDevice", "/devices/{device}/pause"),
        new("resumeDevice", "/devices/{device}/resume"),
        new("revokeDevice", "/devices/{device}/revoke", """{ "reason": "Lost on the train." }"""),
        new("deleteDevice", "/devices/{device}"),

        new("listRequests", "/requests?kind=access&state=waiting"),
        new("getRequest", "/requests/{accessRequest}"),
        new("acceptRequest", "/requests/{accessRequest}/accept", """{ "reason": "Welcome." }"""),
        new("declineRequest", "/requests/{otherAccessRequest}/decline", """{ "reason": "Ask your own organisation." }"""),
        new("decideRequests", "/requests/decide", """{ "ids": ["{thirdAccessRequest}"], "decision": "accept" }"""),
        new("inviteToRequest", "/requests/invite", """{ "email": "guest@example.test" }"""),

        new("listGroups", "/groups?sort=name"),
        new("createGroup", "/groups", """{ "name": "visitors", "endpoints": ["hq"], "schemes": ["Basic"], "networks": ["192.0.2.0/24"], "deviceSecretsOnly": true }"""),
        new("getGroup", "/groups/{group}"),
        new("changeGroup", "/groups/{group}", """{ "hours": "Mon-Fri 07:00-19:00", "timeZone": "Europe/Berlin" }"""),
        new("getGroupEffectivePolicy", "/groups/{group}/effective-policy"),
        new("listGroupMembers", "/groups/{group}/members"),
        new("addGroupMembers", "/groups/{group}/members", """{ "users": ["{leaver}"] }"""),
        new("removeGroupMember", "/groups/{group}/members/{leaver}"),
        new("deleteGroup", "/groups/{spareGroup}"),

        new("listGuides", "/guides?language=en&search=proxy"),
        new("createGuide", "/guides", """{ "slug": "printers", "language": "en", "title": "Printers", "text": "Enter {{endpoint.hq.address}} in the printer.", "visibility": "signedIn", "position": 20 }"""),
        new("getGuide", "/guides/printers/en"),
        new("changeGuide", "/guides/printers/en", """{ "title": "Printers and scanners" }"""),
        new("publishGuide", "/guides/printers/en/publish", """{ "number": 2 }"""),
        new("getGuideVersion", "/guides/printers/en/versions/1"),
        new("restoreGuideVersion", "/guides/printers/en/versions/1/restore"),
        new("withdrawGuide", "/guides/printers/en/withdraw"),
        new("deleteGuide", "/guides/printers/en"),

        new("listExpiryPolicies", "/expiry-policies"),
        new("createExpiryPolicy", "/expiry-policies", """{ "name": "guests", "deviceSecretMaxAgeDays": 7, "idleDays": 3, "warnDays": [1] }"""),
        new("getExpiryPolicy", "/expiry-policies/{policy}"),
        new("previewExpiryPolicy", "/expiry-policies/{policy}/impact", """{ "deviceSecretMaxAgeDays": 30 }"""),
        new("changeExpiryPolicy", "/expiry-policies/{policy}", """{ "deviceSecretMaxAgeDays": 180 }"""),
        new("deleteExpiryPolicy", "/expiry-policies/{sparePolicy}"),

        new("listProxies", "/proxies?search=hq"),
        new("createProxy", "/proxies", """{ "name": "branch-squid", "realm": "Example proxy", "endpoint": { "name": "branch", "host": "branch.example.test", "port": 3128, "schemes": ["Basic"] } }"""),
        new("getProxy", "/proxies/{proxy}"),
        new("changeProxy", "/proxies/{proxy}", """{ "location": "Basement", "contact": "it@example.test" }"""),
        new("addEndpoint", "/proxies/{proxy}/endpoints", """{ "name": "hq-tls", "host": "proxy.example.test", "port": 3130, "transport": "https" }"""),
        new("issueCallerKey", "/proxies/{proxy}/caller-keys", """{ "networks": ["192.0.2.10"] }"""),
        new("rotateCallerKey", "/proxies/{proxy}/caller-keys/rotate", """{ "overlapHours": 24 }"""),
        new("changeCallerKey", "/proxies/{proxy}/caller-keys/{key}", """{ "expiresAt": "2099-01-01T00:00:00Z" }"""),
        new("revokeCallerKey", "/proxies/{proxy}/caller-keys/{key}"),
        new("deleteProxy", "/proxies/{spareProxy}"),
        new("listEndpoints", "/endpoints"),
        new("getEndpoint", "/endpoints/{endpoint}"),
        new("changeEndpoint", "/endpoints/{endpoint}", """{ "port": 8080 }"""),
        new("removeEndpoint", "/endpoints/{spareEndpoint}"),

        new("getConnect", "/connect"),

        new("listPacProfiles", "/pac-profiles?search=branch"),
        new("createPacProfile", "/pac-profiles", """
            { "name": "home", "purpose": "For those who work from home", "bypass": [".example.test", "10.0.0.0/8"], "endpoints": ["open"],
              "routes": [ { "hosts": ["*.video.example.com"], "straight": true } ] }
            """),
        new("getPacProfile", "/pac-profiles/{pacProfile}"),
        new("changePacProfile", "/pac-profiles/{pacProfile}", """{ "isDefault": true, "endpoints": [] }"""),
        new("deletePacProfile", "/pac-profiles/{sparePacProfile}"),

        new("listAnnouncements", "/announcements?search=ending"),
        new("announceChange", "/announcements", """
            { "endpoint": "hq", "replacement": "open", "effectiveAt": "2028-01-01T06:00:00Z", "comment": "The old machine goes.", "retiresByItself": true }
            """),
        new("getAnnouncement", "/announcements/{announcement}"),
        new("changeAnnouncement", "/announcements/{announcement}", """{ "effectiveAt": "2028-02-01T06:00:00Z", "retiresByItself": false }"""),
        new("listAnnouncementUsers", "/announcements/{announcement}/users"),
        new("remindOfAnnouncement", "/announcements/{announcement}/remind"),
        new("carryOutAnnouncement", "/announcements/{dueAnnouncement}/carry-out"),
        new("withdrawAnnouncement", "/announcements/{spareAnnouncement}"),

        new("listVerifications", "/verifications?user=alice&code=credential.wrong&since=2026-01-01T00:00:00Z"),
        new("getVerification", "/verifications/{verification}"),
        new("listAuditEntries", "/audit?action=user.created&from=2026-01-01T00:00:00Z&pageSize=50"),
        new("exportAudit", "/audit/export?format=jsonl&from=2026-01-01T00:00:00Z"),
        new("listApiTokens", "/api-tokens?page=1"),
        new("getApiToken", "/api-tokens/{token}"),
        new("createApiToken", "/api-tokens", """{ "name": "inventory", "scopes": ["users:read", "devices:read"], "expiresAt": "2099-01-01T00:00:00Z" }"""),
        new("revokeApiToken", "/api-tokens/{token}/revoke"),
        new("inviteUser", "/users/alice/invite"),
        new("listMails", "/mails?state=queued&search=example.test"),
        new("getMailStatus", "/mails/status"),
        new("sendMail", "/mails/{mail}/send"),
        new("cancelMail", "/mails/{otherMail}/cancel"),
        new("testMail", "/mails/test", """{ "to": "alice@example.test" }"""),
    ];
}
