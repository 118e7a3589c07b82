using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;

namespace ProxyPortal.Users;

/// <summary>There is always an administrator who can sign in.</summary>
internal static class LastAdministratorRule
{
    /// <summary>Whether the portal would have none without <paramref name="user"/>. Otherwise another one stands in, and is written with
    /// the change: of two who take each other's role in the same instant, each relying on the other, one finds the other's row changed
    /// and saves nothing.</summary>
    public static async Task<bool> ForbidsLosingAsync(PortalDbContext db, User user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (user.Role is not PortalRole.Administrator)
            return false;
        User? other = await AbleOnes(db, now).Where(row => row.Id != user.Id)
            .OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (other is null)
            return true;
        // The version guards every save of a user.
        other.Version++;
        return false;
    }

    /// <summary>Administrators who can sign in now: one whose time is over, or who has nothing to sign in with, helps nobody.</summary>
    public static IQueryable<User> AbleOnes(PortalDbContext db, DateTimeOffset now) => db.Users.Where(row => row.Role == PortalRole.Administrator
        && row.SuspendedAt == null && row.DeletedAt == null && (row.ValidFrom == null || row.ValidFrom <= now) && (row.ValidUntil == null || row.ValidUntil > now)
        && (row.PasswordHash != null || db.Set<IdentityUserPasskey<Guid>>().Any(passkey => passkey.UserId == row.Id)));
}
