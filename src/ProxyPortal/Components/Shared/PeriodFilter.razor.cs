using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Narrows a list to a time, folded away until it does.</summary>
public partial class PeriodFilter
{
    /// <summary>What is narrowed: part of the fields' ids.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset? From { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset? To { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<DateTimeOffset?> OnFrom { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<DateTimeOffset?> OnTo { get; set; }
}
