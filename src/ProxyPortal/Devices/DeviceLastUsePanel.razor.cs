using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Devices;

/// <summary>What became of a device when it was last presented, with the true reason: for those who may see it.</summary>
public partial class DeviceLastUsePanel
{
    [Parameter, EditorRequired]
    public required DeviceLastUse Use { get; set; }
}
