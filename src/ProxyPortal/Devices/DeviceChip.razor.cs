using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Devices;

/// <summary>A device's status as a chip.</summary>
public partial class DeviceChip
{
    [Parameter, EditorRequired]
    public required DeviceSummary Device { get; set; }

    private DeviceWords Words => DeviceWords.Of(Device);
}
