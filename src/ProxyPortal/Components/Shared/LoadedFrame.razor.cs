using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>What a page shows until it is loaded, when it may not be seen and when it could not be loaded; then its content.</summary>
public partial class LoadedFrame
{
    [Parameter, EditorRequired]
    public required LoadState State { get; set; }

    /// <summary>"Loading proxies", for screen readers.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>How many rows the content is likely to have.</summary>
    [Parameter]
    public int Rows { get; set; } = 6;

    [Parameter, EditorRequired]
    public EventCallback OnRetry { get; set; }

    /// <summary>The heading of a page that has one before it is loaded; gone when the page may not be seen.</summary>
    [Parameter]
    public RenderFragment? Header { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
