using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Devices;

/// <summary>A device that somebody acts on.</summary>
/// <param name="Db">What it was read from.</param>
/// <param name="Device">The device.</param>
/// <param name="Owner">Whose it is.</param>
internal sealed record DeviceCase(PortalDbContext Db, Device Device, User Owner)
{
    /// <summary>In which capacity.</summary>
    public DeviceRight Right { get; init; }
}

/// <summary>How every act on a device goes: it is found, the actor may, it changes, and the audit entry is saved with the change. An act that changes nothing leaves no entry.</summary>
internal sealed class DeviceDesk(IDbContextFactory<PortalDbContext> contexts, DeviceAuthority authority, AuditTrail audit)
{
    public static Error NotFound { get; } = new("not_found", "There is no such device.");

    public static Error Conflict { get; } = new("conflict", "Someone else changed this device meanwhile. Look at the new state and try again.");

    /// <param name="actor">Who acts.</param>
    /// <param name="id">The device.</param>
    /// <param name="action">One of <see cref="AuditAction"/>.</param>
    /// <param name="allowsOwner">Whether people may do this to their own devices.</param>
    /// <param name="act">Changes it, or refuses.</param>
    /// <param name="cancellationToken">Ends the act before it is saved.</param>
    public async Task<Result> ActAsync(Actor actor, Guid id, string action, bool allowsOwner, Func<DeviceCase, Task<Error?>> act, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Device? device = await (await authority.VisibleAsync(db, actor, cancellationToken)).Include(row => row.User).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        Result<DeviceRight> right = await authority.RequireAsync(actor, device?.User, allowsOwner, device is null ? id.ToString() : LoginOf(device), cancellationToken);
        if (right.Error is { } refused)
            return refused;
        if (device is null)
            return NotFound;
        object before = await SnapshotAsync(db, device, cancellationToken);
        if (await act(new DeviceCase(db, device, device.User!) { Right = right.Value }) is { } error)
            return error;
        if (!db.ChangeTracker.HasChanges())
            return Result.Success;
        audit.Add(db, actor, action, TargetOf(device), before, db.Entry(device).State is EntityState.Deleted ? null : await SnapshotAsync(db, device, cancellationToken));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Conflict;
        }
        return Result.Success;
    }

    public static AuditTarget TargetOf(Device device) => new("device", device.Id, LoginOf(device));

    public static string LoginOf(Device device) => $"{device.User!.UserName}{LoginName.DeviceSeparator}{device.Name}";

    /// <summary>What the audit trail tells of a device.</summary>
    public static async Task<object> SnapshotAsync(PortalDbContext db, Device device, CancellationToken cancellationToken) => new
    {
        State = device.State.ToString(),
        Kind = device.Kind.ToString(),
        device.Note,
        Guest = device.IsGuest,
        device.ExpiresAt,
        Endpoints = string.Join(", ", await BoundEndpoints.NamesAsync(db, device, cancellationToken)),
        Networks = string.Join(", ", device.Networks),
        Schemes = device.Schemes is { } schemes ? string.Join(", ", AuthScheme.Names(schemes)) : null,
        device.RequestReason,
        device.DecisionReason,
        device.SecretIssuedAt,
    };
}
