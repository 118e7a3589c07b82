using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>A column's head that sorts: a link, so that a sorted list can be bookmarked and opened beside.</summary>
public partial class SortLink
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required string Url { get; set; }

    [Parameter, EditorRequired]
    public bool IsSorted { get; set; }

    [Parameter, EditorRequired]
    public bool Descending { get; set; }
}
