using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Components.Theme;

namespace ProxyPortal.Components.Shared;

/// <summary>A state as colour, icon and text together, so that none of the three has to be seen for it to be understood.</summary>
public partial class StatusChip
{
    [Parameter, EditorRequired]
    public StatusTone Tone { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>An outlined icon where the tone's own says too little: a lock for "locked".</summary>
    [Parameter]
    public string? Icon { get; set; }

    /// <summary>Shown on hover; never the only place where something is said.</summary>
    [Parameter]
    public string? Hint { get; set; }

    private string DefaultIcon => Tone switch
    {
        StatusTone.Well => Icons.Material.Outlined.CheckCircle,
        StatusTone.Soon => Icons.Material.Outlined.Schedule,
        StatusTone.Wrong => Icons.Material.Outlined.ErrorOutline,
        StatusTone.Off => Icons.Material.Outlined.RemoveCircleOutline,
        StatusTone.Neutral => Icons.Material.Outlined.Circle,
        _ => Icons.Material.Outlined.Circle,
    };
}
