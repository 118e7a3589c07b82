using ProxyPortal.Users;

namespace ProxyPortal.Access;

/// <summary>What may be done in the portal.</summary>
public enum Permission
{
    ReadUsers = 0,
    EditUsers = 1,

    /// <summary>Suspend, resume, issue password links: the help desk's work.</summary>
    HelpUsers = 2,
    ReadProxies = 3,
    EditProxies = 4,
    ReadAudit = 5,
    ReadSettings = 6,
    EditSettings = 7,

    /// <summary>Give, take or touch accounts with a portal role.</summary>
    EditRoles = 8,
}

public static class Permissions
{
    /// <summary>The matrix of roles and permissions, in its one place.</summary>
    public static bool Has(this PortalRole role, Permission permission) => role switch
    {
        PortalRole.Administrator => true,
        PortalRole.Operator => permission is Permission.ReadUsers or Permission.HelpUsers or Permission.ReadProxies,
        PortalRole.Auditor => permission is Permission.ReadUsers or Permission.ReadProxies or Permission.ReadAudit or Permission.ReadSettings,
        PortalRole.None => false,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
