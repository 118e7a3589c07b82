using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Theme;
using ProxyPortal.Data;
using ProxyPortal.Overview.Needs;
using ProxyPortal.Verification;

namespace ProxyPortal.Proxies;

/// <summary>Proxies that do not ask, those that never did first.</summary>
internal sealed class SilentProxiesNeed(VerificationActivity activity) : INeedSource
{
    private const int Named = 4;

    public Permission Needs => Permission.ReadProxies;

    public async Task<Need?> FindAsync(PortalDbContext db, RoleScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var proxies = await db.Proxies.AsNoTracking().Select(proxy => new { proxy.Id, proxy.Name, proxy.LastCallAt }).ToListAsync(cancellationToken);
        var silent = proxies.Select(proxy => (proxy.Id, proxy.Name, LastCallAt: activity.LastCallOf(proxy.Id) ?? proxy.LastCallAt))
            .Where(proxy => ProxySilence.IsSilent(proxy.LastCallAt, now)).OrderBy(proxy => proxy.LastCallAt ?? DateTimeOffset.MinValue).ThenBy(proxy => proxy.Name, StringComparer.Ordinal).ToList();
        if (silent.Count == 0)
            return null;
        string names = string.Join(", ", silent.Take(Named).Select(proxy => proxy.LastCallAt is null ? $"{proxy.Name} (never called)" : proxy.Name));
        return new Need(
            silent.Count == 1 ? "1 proxy is silent" : $"{silent.Count} proxies are silent",
            $"{names}{(silent.Count > Named ? $" and {silent.Count - Named} more" : "")}: no call within the last hour. Stopped, cut off, or without a valid key.",
            silent.Count == 1 ? PortalUrls.Proxy(silent[0].Id) : PortalUrls.Proxies, Icons.Material.Outlined.CloudOff, StatusTone.Wrong);
    }
}
