using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Tests.Data;

/// <summary>All that the database holds of a user, but what differs between any two, to be compared as text.</summary>
internal static class UserColumns
{
    private static readonly string[] Differing = [nameof(User.Id), nameof(User.UserName), nameof(User.NormalizedUserName), nameof(User.SecurityStamp), nameof(User.ConcurrencyStamp)];

    public static async Task<string> ReadAsync(PortalDbContext db, string userId)
    {
        User user = await db.Users.AsNoTracking().SingleAsync(row => row.UserName == userId);
        IEnumerable<IProperty> properties = db.Model.FindEntityType(typeof(User))!.GetProperties().Where(property => !Differing.Contains(property.Name));
        return string.Join('\n', properties.Select(property => $"{property.Name} {JsonSerializer.Serialize(property.GetGetter().GetClrValue(user))}"));
    }
}
