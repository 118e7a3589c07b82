using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Proxies;

/// <summary>Whether a proxy asks the portal at present, computed when shown.</summary>
public partial class CallState
{
    [Parameter, EditorRequired]
    public DateTimeOffset? LastCallAt { get; set; }

    [Inject]
    public required TimeProvider Time { get; init; }
}
