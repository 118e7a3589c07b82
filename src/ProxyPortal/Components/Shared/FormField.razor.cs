using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Label above, rule before, error below. The control inside takes the id of <see cref="For"/> (MudBlazor: <c>InputId</c>) and
/// <c>aria-describedby="{For}-hint {For}-error"</c>. Works on static pages too.</summary>
public partial class FormField
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The id of the control.</summary>
    [Parameter, EditorRequired]
    public required string For { get; set; }

    /// <summary>The rule, said before anything is typed.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong and which range or form is allowed.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Optional { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
