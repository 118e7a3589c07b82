using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>The head of a page: what it is, one sentence, the main act at the right; sets the browser's title too.</summary>
public partial class PageHeader
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>One sentence that says what the page is for.</summary>
    [Parameter]
    public string? Sentence { get; set; }

    /// <summary>At most one filled button; further acts outlined or in a menu.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>Chips beside the title: the state of what the page shows.</summary>
    [Parameter]
    public RenderFragment? Status { get; set; }

    /// <summary>The list this page was opened from.</summary>
    [Parameter]
    public string? BackUrl { get; set; }

    [Parameter]
    public string? BackLabel { get; set; }
}
