using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>One group of related things on a page, on its own surface.</summary>
public partial class Panel
{
    private readonly string _titleId = $"panel-{Guid.CreateVersion7():N}";

    [Parameter]
    public string? Title { get; set; }

    [Parameter]
    public string? Sentence { get; set; }

    /// <summary>Names the group for screen readers when there is no visible title.</summary>
    [Parameter]
    public string? Label { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>No padding: for tables and lists that bring their own.</summary>
    [Parameter]
    public bool Flush { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
