using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Shows its content once it is there, and until then why not: loading, failed, not available.</summary>
public partial class PageState
{
    [Parameter, EditorRequired]
    public bool IsLoaded { get; set; }

    [Parameter, EditorRequired]
    public PageFault? Fault { get; set; }

    [Parameter]
    public EventCallback OnRetry { get; set; }

    [Parameter]
    public int Rows { get; set; } = 6;

    [Parameter]
    public string LoadingLabel { get; set; } = "Loading";

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
