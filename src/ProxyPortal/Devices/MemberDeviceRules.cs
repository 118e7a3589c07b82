using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Users;

namespace ProxyPortal.Devices;

/// <summary>What a user's groups say about their devices: the strictest of them.</summary>
/// <param name="Limit">Devices at once; null = any number.</param>
/// <param name="NeedApproval">What the user adds waits for approval.</param>
/// <param name="Overlap">For how long a replaced secret may go on working; null = nobody has said.</param>
internal sealed record MemberDeviceRules(int? Limit, bool NeedApproval, TimeSpan? Overlap)
{
    /// <summary>Where no policy says anything, a secret that is replaced may be asked to live on for so long at most.</summary>
    public static TimeSpan LongestOverlap { get; } = TimeSpan.FromHours(24);

    public static async Task<MemberDeviceRules> OfAsync(PortalDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        List<Group> groups = await db.Groups.AsNoTracking().Include(group => group.ExpiryPolicy).Where(group => group.Users.Any(user => user.Id == userId)).ToListAsync(cancellationToken);
        List<ExpiryPolicy> policies = [.. groups.Select(group => group.ExpiryPolicy).OfType<ExpiryPolicy>()];
        if (policies.Count == 0)
            policies = await db.ExpiryPolicies.AsNoTracking().Where(policy => policy.IsDefault).ToListAsync(cancellationToken);
        return new MemberDeviceRules(
            groups.Min(group => group.DeviceLimit), groups.Exists(group => group.DevicesNeedApproval),
            policies.Min(policy => policy.OverlapHours) is { } hours ? TimeSpan.FromHours(hours) : null);
    }

    /// <summary>Whether the user may have one more device, besides <paramref name="device"/> itself. Errors: <c>device_limit</c>.</summary>
    /// <param name="db">Where the user was read from.</param>
    /// <param name="user">Whose devices are counted.</param>
    /// <param name="device">The one that comes.</param>
    /// <param name="withRequests">Whether those that wait for approval count too.</param>
    /// <param name="now">By the clock.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<Error?> RequireRoomAsync(PortalDbContext db, User user, Guid device, bool withRequests, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Limit is not { } limit)
            return null;
        IQueryable<Device> others = db.Devices.Where(row => row.UserId == user.Id && row.Id != device);
        // What is paused comes back by one click.
        int count = await others.WithStatus(DeviceStatus.Approved, now).CountAsync(cancellationToken) + await others.WithStatus(DeviceStatus.Paused, now).CountAsync(cancellationToken);
        if (withRequests)
            count += await others.WithStatus(DeviceStatus.Requested, now).CountAsync(cancellationToken);
        if (count >= limit)
            return Error.Of("device_limit", $"The groups of {user.UserName} allow {limit} at once, requests and paused devices included. Revoke one first, or have the limit raised.");
        // Two at once would both find room: the second of them finds the user changed.
        user.Version++;
        return null;
    }

    /// <summary>How long the old secret goes on working: what was asked for, and never more than the policy allows; what nobody asked for is the policy's own.</summary>
    public TimeSpan OverlapFor(TimeSpan? asked) => asked is { } some
        ? TimeSpan.FromTicks(Math.Clamp(some.Ticks, 0, (Overlap ?? LongestOverlap).Ticks)) : Overlap ?? TimeSpan.Zero;
}
