using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Groups;
using ProxyPortal.Publishing.Pac;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>What names an endpoint names another from then on.</summary>
internal static class OldWay
{
    /// <summary>Until it is carried out old and new both work: whoever is let in by name at the old one is at the new one too.</summary>
    public static async Task OpenNewAsync(PortalDbContext db, Announcement announcement, CancellationToken cancellationToken)
    {
        if (announcement is not { EndpointId: { } old, Replacement: { } replacement })
            return;
        foreach (Group group in await GroupsOf(db, old).ToListAsync(cancellationToken))
        {
            if (!group.Endpoints.Contains(replacement))
                group.Endpoints.Add(replacement);
        }
        foreach (Device device in await db.Devices.Where(device => device.Endpoints.Contains(old)).ToListAsync(cancellationToken))
        {
            if (!device.Endpoints.Contains(replacement.Id))
                device.Endpoints = [.. device.Endpoints, replacement.Id];
        }
    }

    /// <summary>Ends it. A group, a device or a PAC file that named nothing else would be open to everything then: that is refused.</summary>
    public static async Task<Error?> EndAsync(PortalDbContext db, Announcement announcement, CancellationToken cancellationToken)
    {
        if (announcement.Endpoint is not { } old)
            return null;
        if (announcement.EndingSchemes is not AuthSchemes.None)
        {
            if ((old.Schemes & ~announcement.EndingSchemes) is AuthSchemes.None)
                return new Error("schemes_all", "With its last scheme nobody could sign in there any more. Allow another scheme first.");
            old.Schemes &= ~announcement.EndingSchemes;
            old.SchemeOrder = [.. AuthScheme.InOrder(old.Schemes, old.SchemeOrder)];
            return null;
        }
        foreach (Group group in await GroupsOf(db, old.Id).ToListAsync(cancellationToken))
        {
            group.Endpoints.Remove(old);
            if (group.Endpoints.Count == 0)
                return new Error("endpoint_in_use", $"The group {group.Name} may use nothing else. Give the group another endpoint first, or delete it.");
        }
        foreach (Device device in await db.Devices.Include(device => device.User).Where(device => device.Endpoints.Contains(old.Id)).ToListAsync(cancellationToken))
        {
            device.Endpoints = [.. device.Endpoints.Where(id => id != old.Id)];
            if (device.Endpoints.Count == 0)
                return new Error("endpoint_in_use", $"The device {device.Name} of {device.User?.UserName} may be used nowhere else. Give it another endpoint first, or revoke it.");
        }
        foreach (PacProfile profile in await db.PacProfiles.ToListAsync(cancellationToken))
        {
            profile.Endpoints = Instead(profile.Endpoints, old.Id, announcement.ReplacementId);
            profile.Routes = [.. profile.Routes.Select(route => route.Endpoints.Contains(old.Id) ? route with { Endpoints = Instead(route.Endpoints, old.Id, announcement.ReplacementId) } : route)];
        }
        db.ProxyEndpoints.Remove(old);
        return null;
    }

    private static IQueryable<Group> GroupsOf(PortalDbContext db, Guid endpoint) => db.Groups.Include(group => group.Endpoints).Where(group => group.Endpoints.Any(row => row.Id == endpoint));

    private static List<Guid> Instead(IReadOnlyList<Guid> ids, Guid old, Guid? next) => [.. ids.Select(id => id == old ? next : id).OfType<Guid>().Distinct()];
}
