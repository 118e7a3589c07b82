using System.Text.Json;
using MudBlazor;
using ProxyPortal.Components.Theme;

namespace ProxyPortal.Devices;

/// <summary>How a device's status is said and drawn, wherever it appears.</summary>
/// <param name="Text">The chip.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Icon">An outlined icon, so that colour is never alone.</param>
public sealed record DeviceWords(string Text, string Meaning, StatusTone Tone, string Icon)
{
    public static DeviceWords Of(DeviceSummary device) => (device.Status, device.Request) switch
    {
        (DeviceStatus.Approved, _) when device.SecretRevokedAt is not null =>
            new("Needs a new secret", "Its secret was withdrawn: refused until it has a new one.", StatusTone.Wrong, Icons.Material.Outlined.KeyOff),
        (DeviceStatus.Approved, _) when device.SecretEndedAt is not null =>
            new("Secret too old", "Its secret is older than a policy allows: refused until it has a new one.", StatusTone.Wrong, Icons.Material.Outlined.KeyOff),
        (DeviceStatus.Expired, not null) => new("Request lapsed", "Nobody decided the request in time: refused. Its owner can ask again.", StatusTone.Off, Icons.Material.Outlined.HourglassDisabled),
        (DeviceStatus.Revoked, not null) => new("Declined", "The request was turned down: refused.", StatusTone.Off, Icons.Material.Outlined.DoNotDisturbOn),
        (var status, _) => Of(status),
    };

    /// <summary>For filters, where there is no device yet.</summary>
    public static DeviceWords Of(DeviceStatus status) => status switch
    {
        DeviceStatus.Requested => new("Requested", "Waits for approval: refused until somebody approves it.", StatusTone.Soon, Icons.Material.Outlined.HourglassEmpty),
        DeviceStatus.Approved => new("Approved", "Gets through, as far as its user does.", StatusTone.Well, Icons.Material.Outlined.CheckCircle),
        DeviceStatus.Expired => new("Expired", "Its end has come: refused.", StatusTone.Wrong, Icons.Material.Outlined.EventBusy),
        DeviceStatus.Revoked => new("Revoked", "Refused for good; a new device takes its place.", StatusTone.Off, Icons.Material.Outlined.Block),
        DeviceStatus.Paused => new("Paused", "Refused until somebody resumes it.", StatusTone.Off, Icons.Material.Outlined.PauseCircle),
    };

    public static string Kind(DeviceKind kind) => kind switch
    {
        DeviceKind.Other => "Other",
        DeviceKind.Computer => "Computer",
        DeviceKind.Phone => "Phone",
        DeviceKind.Tablet => "Tablet",
        DeviceKind.Server => "Server",
        DeviceKind.Appliance => "Appliance",
    };

    public static string KindIcon(DeviceKind kind) => kind switch
    {
        DeviceKind.Other => Icons.Material.Outlined.DevicesOther,
        DeviceKind.Computer => Icons.Material.Outlined.Computer,
        DeviceKind.Phone => Icons.Material.Outlined.Smartphone,
        DeviceKind.Tablet => Icons.Material.Outlined.Tablet,
        DeviceKind.Server => Icons.Material.Outlined.Storage,
        DeviceKind.Appliance => Icons.Material.Outlined.Router,
    };

    /// <summary>The kind as it stands in addresses and in the API.</summary>
    public static string CodeOf(DeviceKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>The kind of a <see cref="CodeOf"/>; null for anything else.</summary>
    public static DeviceKind? ParseKind(string? code) =>
        Enum.GetValues<DeviceKind>().Cast<DeviceKind?>().FirstOrDefault(kind => string.Equals(CodeOf(kind!.Value), code, StringComparison.OrdinalIgnoreCase));
}
