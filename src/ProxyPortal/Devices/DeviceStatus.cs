using System.Text.Json;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Devices;

/// <summary>What a device's state amounts to at a moment: computed by the clock, never stored.</summary>
public enum DeviceStatus
{
    /// <summary>Waits for somebody to approve it.</summary>
    Requested = 0,
    Approved = 1,

    /// <summary>Its end has come, or nobody decided the request in time.</summary>
    Expired = 2,

    /// <summary>Withdrawn, or declined before it ever worked.</summary>
    Revoked = 3,

    /// <summary>Refused until somebody resumes it.</summary>
    Paused = 4,
}

public static class DeviceStatuses
{
    /// <summary>The one word that decides, in the order in which verification would meet it.</summary>
    public static DeviceStatus Of(DateTimeOffset now, DeviceState state, DateTimeOffset? requestEndsAt, DateTimeOffset? expiresAt) => state switch
    {
        DeviceState.Revoked => DeviceStatus.Revoked,
        DeviceState.Requested => requestEndsAt <= now ? DeviceStatus.Expired : DeviceStatus.Requested,
        _ when expiresAt <= now => DeviceStatus.Expired,
        DeviceState.Paused => DeviceStatus.Paused,
        _ => DeviceStatus.Approved,
    };

    /// <summary>Whether it can be used as far as it itself says: a credential of its user.</summary>
    public static bool IsUsable(Device device, DateTimeOffset now) =>
        device.SecretRevokedAt is null && Of(now, device.State, device.RequestEndsAt, device.ExpiresAt) is DeviceStatus.Approved;

    /// <summary>Whether it counts against the limit of its user: it works, or may yet be approved or resumed.</summary>
    public static bool Counts(this DeviceStatus status) => status is DeviceStatus.Requested or DeviceStatus.Approved or DeviceStatus.Paused;

    /// <summary>The status as it stands in addresses and in the API: <c>requested</c>.</summary>
    public static string Code(this DeviceStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    /// <summary>The status of a <see cref="Code"/>; null for anything else.</summary>
    public static DeviceStatus? Parse(string? code) =>
        Enum.GetValues<DeviceStatus>().Cast<DeviceStatus?>().FirstOrDefault(status => string.Equals(status!.Value.Code(), code, StringComparison.OrdinalIgnoreCase));
}
