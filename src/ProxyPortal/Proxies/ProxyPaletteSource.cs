using System.Security.Claims;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Search;
using ProxyPortal.Core;

namespace ProxyPortal.Proxies;

/// <summary>Finds proxies by name and realm, and by the name and address of their endpoints.</summary>
internal sealed class ProxyPaletteSource(ProxyService proxies) : IPaletteSource
{
    public string Kind => "Proxies";

    public int Order => 20;

    public async Task<IReadOnlyList<PaletteEntry>> SearchAsync(string query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var actor = Actor.From(user, null);
        if (query.Length == 0 || !actor.May(Permission.ReadProxies))
            return [];
        Result<IReadOnlyList<ProxySummary>> all = await proxies.ListAsync(actor, cancellationToken);
        return all.Error is not null ? [] :
        [
            .. all.Value.Where(proxy => proxy.Matches(query)).Select(proxy => new PaletteEntry(
                proxy.Name, Kind, PortalUrls.Proxy(proxy.Id), string.Join(", ", proxy.Endpoints.Select(endpoint => endpoint.Address)), Icons.Material.Outlined.Dns)),
        ];
    }
}
