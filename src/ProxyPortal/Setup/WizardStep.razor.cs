using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Setup;

/// <summary>The frame of one step of the first run.</summary>
public partial class WizardStep
{
    /// <summary>From 1, as <see cref="Components.Shared.WizardSteps"/> counts.</summary>
    [Parameter, EditorRequired]
    public int Step { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required string Sentence { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
