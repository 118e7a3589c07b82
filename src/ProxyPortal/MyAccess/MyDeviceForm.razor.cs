using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Devices;

namespace ProxyPortal.MyAccess;

/// <summary>What stands in the form while somebody adds a device of their own.</summary>
public sealed class MyDeviceDraft
{
    public string Name { get; set; } = "";

    public DeviceKind Kind { get; set; } = DeviceKind.Computer;

    public string? Reason { get; set; }
}

/// <summary>The few fields that an owner fills in; all else is for those who administer devices.</summary>
public partial class MyDeviceForm
{
    [Parameter, EditorRequired]
    public required MyDeviceDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required MyAccessState State { get; set; }

    [Parameter]
    public Error? Fault { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    /// <summary>True for a link in place of the secret.</summary>
    [Parameter, EditorRequired]
    public EventCallback<bool> OnSubmit { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnCancel { get; set; }
}
