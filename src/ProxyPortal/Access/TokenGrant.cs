namespace ProxyPortal.Access;

/// <summary>What an API token lets its holder do.</summary>
/// <param name="Id">The token.</param>
/// <param name="Name">Its name, for the audit trail.</param>
/// <param name="Scopes">Such as <c>users:read</c>; <c>*</c> is everything.</param>
public sealed record TokenGrant(Guid Id, string Name, IReadOnlyList<string> Scopes)
{
    public bool Allows(Permission permission) => Scopes.Any(scope => ApiScopes.Allows(scope, permission));
}

/// <summary>The scopes of API tokens, in their one place.</summary>
public static class ApiScopes
{
    public const string Everything = "*";

    // Giving roles, and making tokens, is as good as everything: no scope but that one allows it.
    private static readonly Dictionary<string, Permission[]> Known = new(StringComparer.Ordinal)
    {
        ["users:read"] = [Permission.ReadUsers],
        ["users:write"] = [Permission.ReadUsers, Permission.EditUsers, Permission.HelpUsers],
        ["requests:read"] = [Permission.ReadUsers],
        ["requests:write"] = [Permission.ReadUsers, Permission.EditUsers],
        ["devices:read"] = [Permission.ReadUsers],
        ["devices:write"] = [Permission.ReadUsers, Permission.EditDevices],
        ["groups:read"] = [Permission.ReadGroups],
        ["groups:write"] = [Permission.ReadGroups, Permission.EditGroups],
        ["expiry-policies:read"] = [Permission.ReadGroups],
        ["expiry-policies:write"] = [Permission.ReadGroups, Permission.EditGroups],
        ["proxies:read"] = [Permission.ReadProxies],
        ["proxies:write"] = [Permission.ReadProxies, Permission.EditProxies],
        ["endpoints:read"] = [Permission.ReadProxies],
        ["endpoints:write"] = [Permission.ReadProxies, Permission.EditProxies],
        ["pac-profiles:read"] = [Permission.ReadPublications],
        ["pac-profiles:write"] = [Permission.ReadPublications, Permission.EditPublications],
        ["guides:read"] = [Permission.ReadPublications],
        ["guides:write"] = [Permission.ReadPublications, Permission.EditPublications],
        ["announcements:read"] = [Permission.ReadPublications],
        ["announcements:write"] = [Permission.ReadPublications, Permission.EditPublications],
        ["verifications:read"] = [Permission.ReadEvents],
        ["audit:read"] = [Permission.ReadAudit],
        ["api-tokens:read"] = [Permission.ReadApiTokens],
        ["settings:read"] = [Permission.ReadSettings],
        ["settings:write"] = [Permission.ReadSettings, Permission.EditSettings],
        ["metrics:read"] = [Permission.ReadMetrics],
    };

    /// <summary>Every scope, as it is written.</summary>
    public static IReadOnlyList<string> All { get; } = [Everything, .. Known.Keys];

    public static bool Allows(string scope, Permission permission) =>
        scope == Everything || (Known.TryGetValue(scope, out Permission[]? permissions) && permissions.Contains(permission));
}
