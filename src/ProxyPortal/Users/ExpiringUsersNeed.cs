using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Theme;
using ProxyPortal.Data;
using ProxyPortal.Overview.Needs;

namespace ProxyPortal.Users;

/// <summary>Users whose access ends within days: they will call.</summary>
internal sealed class ExpiringUsersNeed : INeedSource
{
    public Permission Needs => Permission.ReadUsers;

    public async Task<Need?> FindAsync(PortalDbContext db, RoleScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IdleRules idle = await IdleRules.LoadAsync(db, cancellationToken);
        int count = await scope.Of(db.Users).WithStatus(UserStatus.ExpiresSoon, idle, now).CountAsync(cancellationToken);
        return count == 0 ? null : new Need(
            string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "user's access ends" : "users' access ends")} within {UserStatuses.Soon.Days} days"),
            "Extend those who stay, before they stand before a 407.", PortalUrls.Users(status: UserStatus.ExpiresSoon.Code(), sort: "validUntil"), Icons.Material.Outlined.Schedule, StatusTone.Soon);
    }
}
