using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Pac;

/// <summary>The fields of one route.</summary>
public partial class PacRouteFields
{
    [Parameter, EditorRequired]
    public required PacRouteDraft Route { get; set; }

    /// <summary>Its place, from 0.</summary>
    [Parameter, EditorRequired]
    public int Index { get; set; }

    [Parameter, EditorRequired]
    public bool IsLast { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PacChoice> Choices { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Error> Errors { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<int> OnMove { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnRemove { get; set; }

    private bool IsFirst => Index == 0;

    private int Number => Index + 1;

    private string Id => $"pac-route-{Index}";

    private string Field => $"routes[{Index}]";
}
