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

    /// <summary>Groups and expiry policies.</summary>
    ReadGroups = 9,
    EditGroups = 10,

    /// <summary>Add, approve, renew and revoke devices: the help desk's work too.</summary>
    EditDevices = 11,

    /// <summary>Verifications with their true reasons.</summary>
    ReadEvents = 12,
    ReadApiTokens = 13,
    EditApiTokens = 14,
    ReadMetrics = 15,

    /// <summary>PAC profiles, guides and announcements, also before they are published.</summary>
    ReadPublications = 16,
    EditPublications = 17,
}

public static class Permissions
{
    /// <summary>The matrix of roles and permissions, in its one place.</summary>
    public static bool Has(this PortalRole role, Permission permission) => role switch
    {
        PortalRole.Administrator => true,
        PortalRole.Operator => permission is Permission.ReadUsers or Permission.HelpUsers or Permission.EditDevices or Permission.ReadGroups
            or Permission.ReadProxies or Permission.ReadEvents or Permission.ReadPublications,
        PortalRole.Auditor => permission.IsRead(),
        PortalRole.None => false,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>Whether it changes nothing. Devices are read with their users.</summary>
    public static bool IsRead(this Permission permission) => permission is Permission.ReadUsers or Permission.ReadProxies or Permission.ReadAudit
        or Permission.ReadSettings or Permission.ReadGroups or Permission.ReadEvents or Permission.ReadApiTokens or Permission.ReadMetrics or Permission.ReadPublications;
}
