using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Two people edited one thing: shows where they differ and lets the second one decide.</summary>
public partial class EditConflict
{
    /// <summary>The name of the thing.</summary>
    [Parameter, EditorRequired]
    public required string What { get; set; }

    [Parameter, EditorRequired]
    public required IEnumerable<EditDifference> Rows { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnTake { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnKeep { get; set; }
}
