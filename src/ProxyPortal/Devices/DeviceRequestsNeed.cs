using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Theme;
using ProxyPortal.Data;
using ProxyPortal.Overview.Needs;

namespace ProxyPortal.Devices;

/// <summary>Devices that people asked for and nobody decided about.</summary>
internal sealed class DeviceRequestsNeed : INeedSource
{
    public Permission Needs => Permission.ReadUsers;

    public async Task<Need?> FindAsync(PortalDbContext db, RoleScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        int count = await scope.Of(db.Devices.Where(device => device.User!.DeletedAt == null), null).WithStatus(DeviceStatus.Requested, now).CountAsync(cancellationToken);
        return count == 0 ? null : new Need(
            string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "device waits" : "devices wait")} for approval"), "Until then they are refused at every proxy.",
            PortalUrls.DeviceRequests, Icons.Material.Outlined.Devices, StatusTone.Soon);
    }
}
