using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Data;
using ProxyPortal.Users;
using ProxyPortal.Verification;

namespace ProxyPortal.MyAccess;

/// <summary>What a user may know about their own access: what they type to the proxy, whether it works now, and where to arrive.</summary>
public sealed record MyAccessState(
    string UserId, UserStatus Status, bool HasPassword, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil, IReadOnlyList<MyEndpoint> Endpoints,
    IReadOnlyList<string> DeviceLogins);

/// <param name="Name">What the administrators call it.</param>
/// <param name="Address">Host and port to enter.</param>
public sealed record MyEndpoint(string Name, ProxyAddress Address);

/// <summary>Tells the signed-in user about their own access, and nobody about anyone else's.</summary>
public sealed class MyAccessService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public async Task<Result<MyAccessState>> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Id is not { } id)
            return AccessControl.Forbidden;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        User? user = await db.Users.AsNoTracking().Include(row => row.Devices).Include(row => row.Groups).ThenInclude(group => group.Endpoints)
            .SingleOrDefaultAsync(row => row.Id == id && row.DeletedAt == null, cancellationToken);
        if (user is null)
            return UserService.NotFound;
        // The same rule by which verification decides.
        IReadOnlySet<Guid>? allowed = MemberRules.Strictest(
            [.. user.Groups.Select(group => new GroupRules(group.Id, group.Name, group.Schemes, [.. group.Endpoints.Select(endpoint => endpoint.Id)]))]).Access.Endpoints;
        var endpoints = await db.ProxyEndpoints.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        return new MyAccessState(
            user.UserName!,
            UserStatuses.Of(time.GetUtcNow(), false, user.SuspendedAt is not null, user.ValidFrom, user.ValidUntil,
                user.Role, user.PasswordHash is not null, user.Devices.Count > 0),
            user.PasswordHash is not null, user.ValidFrom, user.ValidUntil,
            [.. endpoints.Where(row => allowed is null || allowed.Contains(row.Id)).Select(row => new MyEndpoint(row.Name, row.Address))],
            [.. user.Devices.OrderBy(device => device.Name, StringComparer.Ordinal).Select(device => $"{user.UserName}{LoginName.DeviceSeparator}{device.Name}")]);
    }
}
