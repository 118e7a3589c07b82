using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Components.Theme;

namespace ProxyPortal.Components.Shared;

/// <summary>A figure that leads to the list behind it. Put several in a <c>&lt;div class="pp-stats"&gt;</c>.</summary>
public partial class Stat
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Already formatted, with its unit.</summary>
    [Parameter, EditorRequired]
    public required string Value { get; set; }

    /// <summary>The list whose rows were counted, filtered in the same way.</summary>
    [Parameter, EditorRequired]
    public required string Href { get; set; }

    /// <summary>What to make of the figure: "4 expire this week".</summary>
    [Parameter]
    public string? Note { get; set; }

    [Parameter]
    public StatusTone Tone { get; set; }

    private string ToneIcon => Tone switch
    {
        StatusTone.Well => Icons.Material.Outlined.CheckCircle,
        StatusTone.Soon => Icons.Material.Outlined.Schedule,
        StatusTone.Wrong => Icons.Material.Outlined.ErrorOutline,
        StatusTone.Off => Icons.Material.Outlined.RemoveCircleOutline,
        StatusTone.Neutral => "",
        _ => "",
    };
}
