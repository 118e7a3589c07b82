using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Theme;
using ProxyPortal.Data;
using ProxyPortal.Overview.Needs;

namespace ProxyPortal.Asking;

/// <summary>Requests for groups and for access that nobody decided about.</summary>
internal sealed class RequestsNeed : INeedSource
{
    public Permission Needs => Permission.EditUsers;

    public async Task<Need?> FindAsync(PortalDbContext db, RoleScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        int count = await db.AccessRequests.Where(request => request.User == null || request.User.DeletedAt == null).WithStatus(RequestStatus.Waiting, now).CountAsync(cancellationToken);
        return count == 0 ? null : new Need(
            string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "request waits" : "requests wait")} for a decision"), "People ask for access or for a group.",
            PortalUrls.Requests(), Icons.Material.Outlined.MoveToInbox, StatusTone.Soon);
    }
}
