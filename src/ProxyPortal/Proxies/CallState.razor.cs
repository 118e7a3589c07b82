using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Proxies;

/// <summary>Whether a proxy asks the portal at present, computed when shown.</summary>
public partial class CallState
{
    /// <summary>A proxy in use asks far more often: it remembers an answer for a minute.</summary>
    public static TimeSpan SilentAfter { get; } = TimeSpan.FromMinutes(15);

    [Parameter, EditorRequired]
    public DateTimeOffset? LastCallAt { get; set; }

    [Inject]
    public required TimeProvider Time { get; init; }
}
