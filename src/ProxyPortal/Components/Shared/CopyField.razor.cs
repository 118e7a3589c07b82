using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>An address, id or one-line command in figures that line up, with a button that copies exactly it.</summary>
public partial class CopyField
{
    [Parameter, EditorRequired]
    public required string Value { get; set; }

    /// <summary>What the value is: "Proxy address".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Whether the label stands above the field; it always names the field for screen readers.</summary>
    [Parameter]
    public bool ShowLabel { get; set; } = true;

    /// <summary>Within a table cell or a sentence: no box, no label.</summary>
    [Parameter]
    public bool Inline { get; set; }
}
