using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Devices;

/// <summary>Shows what is handed over for a device, once.</summary>
public partial class DeviceHandoverPanel
{
    /// <summary>Null once it was saved; the owner drops its copy in <see cref="OnSaved"/>.</summary>
    [Parameter, EditorRequired]
    public DeviceHandover? Handover { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSaved { get; set; }

    /// <summary>What else belongs with it; leaves with it.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string Label => Handover is { IsLink: true } ? T["Pairing link"] : T["Device secret"];

    private string Explanation => Handover is { IsLink: true }
        ? T["Shown only now. Whoever opens this link gets the device's new secret, so bring it to that device and nowhere else."]
        : T["Shown only now. Enter both in the device, where it asks for the proxy's user name and password."];
}
