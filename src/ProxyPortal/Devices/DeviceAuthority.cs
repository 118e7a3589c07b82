using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Devices;

/// <summary>In which capacity somebody acts on a device.</summary>
internal enum DeviceRight
{
    /// <summary>May edit devices.</summary>
    Desk = 0,

    /// <summary>It is their own device.</summary>
    Owner = 1,
}

/// <summary>Who may do something to a user's devices: those who may edit devices and, where it is allowed, the user. Devices of accounts with a
/// portal role are touched only by those who may give roles: a help desk must not take over an administrator.</summary>
internal sealed class DeviceAuthority(IDbContextFactory<PortalDbContext> contexts, AccessControl access, TimeProvider time)
{
    /// <param name="actor">Who acts.</param>
    /// <param name="owner">Whose device it is; null when there is no such device, which those who may not are not told.</param>
    /// <param name="allowsOwner">Whether people may do this to their own devices.</param>
    /// <param name="target">For the audit entry of a refusal.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<Result<DeviceRight>> RequireAsync(Actor actor, User? owner, bool allowsOwner, string target, CancellationToken cancellationToken)
    {
        Permission needed = owner is null or { Role: PortalRole.None } ? Permission.EditDevices : Permission.EditRoles;
        if (allowsOwner && IsOwner(actor, owner?.Id) && !actor.May(needed) && await IsUsableAsync(owner!.Id, cancellationToken))
            return DeviceRight.Owner;
        return await access.RequireAsync(actor, needed, target, cancellationToken) is { } refused ? refused : DeviceRight.Desk;
    }

    /// <summary>Devices are read with their users; one's own by everyone.</summary>
    public async Task<Error?> RequireReadAsync(Actor actor, Guid? owner, string target, CancellationToken cancellationToken) =>
        IsOwner(actor, owner) ? null : await access.RequireAsync(actor, Permission.ReadUsers, target, cancellationToken);

    /// <summary>The devices that are there for the actor: of users who do not lie in the bin, and to whom the actor's role is not closed.</summary>
    public async Task<IQueryable<Device>> VisibleAsync(PortalDbContext db, Actor actor, CancellationToken cancellationToken) =>
        (await access.ScopeOfAsync(actor, cancellationToken)).Of(db.Devices.Where(device => device.User!.DeletedAt == null), actor.Id);

    /// <summary>The users for whom the actor may add devices, as far as they are there.</summary>
    public async Task<IQueryable<User>> OwnersAsync(PortalDbContext db, Actor actor, CancellationToken cancellationToken) =>
        (await access.ScopeOfAsync(actor, cancellationToken)).Of(db.Users.Where(user => user.DeletedAt == null), actor.Id);

    private static bool IsOwner(Actor actor, Guid? owner) => owner is not null && actor.Id == owner && actor.Token is null;

    // An open page may still believe in an account that has ended.
    private async Task<bool> IsUsableAsync(Guid id, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        return await db.Users.AnyAsync(user => user.Id == id && user.SuspendedAt == null && user.DeletedAt == null
            && (user.ValidFrom == null || user.ValidFrom <= now) && (user.ValidUntil == null || user.ValidUntil > now), cancellationToken);
    }
}
