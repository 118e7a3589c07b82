using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Proxies;

/// <summary>One key: since when, until when, from where, and whether it is in use.</summary>
public partial class CallerKeyRow
{
    [Parameter, EditorRequired]
    public required CallerKeyDetail Key { get; set; }

    [Parameter, EditorRequired]
    public bool IsValid { get; set; }

    [Parameter, EditorRequired]
    public bool MayEdit { get; set; }

    [Parameter, EditorRequired]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnEdit { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnRevoke { get; set; }
}
