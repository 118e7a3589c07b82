using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Devices;

/// <summary>What is set of a device, and what was decided.</summary>
public partial class DeviceFacts
{
    [Parameter, EditorRequired]
    public required DeviceDetail Device { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }

    private DeviceSummary Summary => Device.Summary;

    private static string NameOf(string endpoint) => Guid.TryParse(endpoint, out _) ? "an endpoint that was removed" : endpoint;

    private static string Say(IEnumerable<string> values, string none) => string.Join(", ", values) is { Length: > 0 } text ? text : none;
}
