using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>What a page shows until it is loaded, when it may not be seen and when it could not be loaded; then its content.</summary>
public partial class LoadedFrame
{
    [Parameter, EditorRequired]
    public LoadState State { get; set; }

    /// <summary>"Loading proxies", for screen readers.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Incident { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnRetry { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
