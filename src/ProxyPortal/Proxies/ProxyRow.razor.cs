using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Proxies;

/// <summary>One proxy in the list: a row on a wide screen, a card on a phone.</summary>
public partial class ProxyRow
{
    [Parameter, EditorRequired]
    public required ProxySummary Proxy { get; set; }

    /// <summary>The last call, fresher than the row.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset? LastCallAt { get; set; }
}
