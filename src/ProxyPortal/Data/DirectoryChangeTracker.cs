using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using ProxyPortal.ApiTokens;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Publishing.Guides;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Users;

namespace ProxyPortal.Data;

/// <summary>Finds, among the changes about to be saved, those that verification depends on, adds one feed row for each thing touched,
/// and raises the versions that guard against lost updates.</summary>
internal static class DirectoryChangeTracker
{
    // Changes of these alone do not concern verification: sign-in bookkeeping and "last seen" marks.
    private static readonly HashSet<string> Bookkeeping =
    [
        nameof(User.AccessFailedCount), nameof(User.LockoutEnd), nameof(User.SecurityStamp), nameof(User.ConcurrencyStamp),
        nameof(User.LastTotpStep), nameof(User.TwoFactorEnabled), nameof(User.EmailConfirmed), nameof(User.Version),
        nameof(Proxy.LastCallAt), nameof(CallerKey.LastUsedAt), nameof(User.LastUsedAt),
        nameof(Device.LastAddress), nameof(Device.LastReason), nameof(ApiToken.LastUsedAt),
        nameof(CallerKey.ExposedAt),
    ];

    /// <returns>Whether verification is touched.</returns>
    public static bool Record(PortalDbContext db, DateTimeOffset now)
    {
        var touched = new HashSet<(DirectoryPart, Guid)>();
        foreach (EntityEntry entry in db.ChangeTracker.Entries().ToList())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
                continue;
            if (entry.State is EntityState.Modified && !entry.Properties.Any(p => p.IsModified && !Bookkeeping.Contains(p.Metadata.Name)))
                continue;
            // Through the entry: nobody looks for changes any more where that is not done automatically.
            if (entry is { State: EntityState.Modified, Entity: IVersioned versioned })
                entry.Property(nameof(IVersioned.Version)).CurrentValue = versioned.Version + 1;
            if (PartOf(entry) is { } part)
                touched.Add(part);
        }
        db.DirectoryChanges.AddRange(touched.Select(part => new DirectoryChange { Part = part.Item1, EntityId = part.Item2, At = now }));
        return touched.Count > 0;
    }

    private static (DirectoryPart, Guid)? PartOf(EntityEntry entry) => entry.Entity switch
    {
        User user => (DirectoryPart.User, user.Id),
        Device device => (DirectoryPart.User, device.UserId),
        Proxy proxy => (DirectoryPart.Proxy, proxy.Id),
        ProxyEndpoint endpoint => (DirectoryPart.Proxy, endpoint.ProxyId),
        CallerKey key => (DirectoryPart.Proxy, key.ProxyId),
        Group group => (DirectoryPart.Group, group.Id),
        ExpiryPolicy policy => (DirectoryPart.Group, policy.Id),
        PacProfile profile => (DirectoryPart.Publication, profile.Id),
        Guide guide => (DirectoryPart.Publication, guide.Id),
        Announcement announcement => (DirectoryPart.Publication, announcement.Id),
        IDictionary<string, object> when entry.Metadata.Name == "group_members" => (DirectoryPart.User, (Guid)entry.Property("UsersId").CurrentValue!),
        IDictionary<string, object> when entry.Metadata.Name == "group_endpoints" => (DirectoryPart.Group, (Guid)entry.Property("GroupsId").CurrentValue!),
        _ => null,
    };
}
