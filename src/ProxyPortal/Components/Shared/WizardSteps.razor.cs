using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>How far the first run has come. Works on static pages too: the first two steps have no circuit.</summary>
public partial class WizardSteps
{
    public static IReadOnlyList<string> Names { get; } = ["Your account", "Second factor", "Organisation", "First proxy", "First user", "First call"];

    /// <summary>The step on show, from 1.</summary>
    [Parameter, EditorRequired]
    public int Current { get; set; }
}
