using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Verification;

namespace ProxyPortal.Devices;

/// <summary>Says of devices whose secret is too old by policy that it is: they are approved, and refused all the same.</summary>
internal static class DeviceSecretEnds
{
    public static async Task<IReadOnlyList<DeviceSummary>> WithSecretEndsAsync(this List<DeviceSummary> devices, PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        GroupRuleSet rules = await db.ReadGroupRulesAsync(cancellationToken);
        List<Guid> owners = [.. devices.Select(device => device.Owner.Id).Distinct()];
        ILookup<Guid, Guid> groups = (await db.Users.Where(user => owners.Contains(user.Id)).SelectMany(user => user.Groups, (user, group) => new { user.Id, Group = group.Id })
            .ToListAsync(cancellationToken)).ToLookup(row => row.Id, row => row.Group);
        return [.. devices.Select(device => device with { SecretEndedAt = EndedAt(device, rules.RulesOf([.. groups[device.Owner.Id]]).EndOfDeviceSecret(device.SecretIssuedAt.UtcTicks, device.Id), now) })];
    }

    private static DateTimeOffset? EndedAt(DeviceSummary device, long end, DateTimeOffset now) =>
        device.Status is DeviceStatus.Approved && end <= now.UtcTicks ? new DateTimeOffset(end, TimeSpan.Zero) : null;
}
