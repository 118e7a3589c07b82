using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Theme;
using ProxyPortal.Data;
using ProxyPortal.Overview.Needs;

namespace ProxyPortal.Proxies;

/// <summary>Caller keys that have to be replaced: seen in a URL, or the last one of their proxy about to end.</summary>
internal sealed class CallerKeysNeed : INeedSource
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    public Permission Needs => Permission.ReadProxies;

    public async Task<Need?> FindAsync(PortalDbContext db, RoleScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var proxies = await db.Proxies.AsNoTracking().Include(proxy => proxy.CallerKeys).ToListAsync(cancellationToken);
        var valid = proxies.Select(proxy => (Proxy: proxy, Keys: proxy.CallerKeys.Where(key => key.IsValid(now)).ToList())).ToList();
        if (valid.FirstOrDefault(entry => entry.Keys.Any(key => key.ExposedAt is not null)).Proxy is { } exposed)
            return new Need($"The key of {exposed.Name} was seen in a URL", "Logs keep URLs. Send it in the header, then rotate it.", PortalUrls.Proxy(exposed.Id), Icons.Material.Outlined.Key, StatusTone.Wrong);
        return valid.FirstOrDefault(entry => entry.Keys.Count > 0 && entry.Keys.All(key => key.ExpiresAt <= now + Soon)).Proxy is { } ending
            ? new Need($"The last key of {ending.Name} ends within {Soon.Days} days", "Then nobody gets through it. Rotate the key.", PortalUrls.Proxy(ending.Id), Icons.Material.Outlined.Key, StatusTone.Soon) : null;
    }
}
