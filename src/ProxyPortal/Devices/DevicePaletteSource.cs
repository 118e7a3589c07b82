using System.Security.Claims;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Search;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Devices;

/// <summary>Devices in the command palette, by login name or the name of their user.</summary>
internal sealed class DevicePaletteSource(DeviceService devices, CurrentActor current) : IPaletteSource
{
    private const int Most = 6;

    public string Kind => "Devices";

    public int Order => 15;

    public async Task<IReadOnlyList<PaletteEntry>> SearchAsync(string query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        Actor actor = Actor.From(user, current.Address);
        // Asking on behalf of those who may not would fill the audit trail with refusals.
        if (string.IsNullOrWhiteSpace(query) || !actor.May(Permission.ReadUsers))
            return [];
        Result<PageOf<DeviceSummary>> found = await devices.ListAsync(actor, new DeviceQuery(query.Trim(), PageSize: Most), cancellationToken);
        return !found.Succeeded ? [] : [.. found.Value.Items.Select(item => new PaletteEntry(
            item.Login, Kind, PortalUrls.Device(item.Id), item.Owner.DisplayName == item.Owner.UserId ? null : item.Owner.DisplayName, Icons.Material.Outlined.Devices))];
    }
}
