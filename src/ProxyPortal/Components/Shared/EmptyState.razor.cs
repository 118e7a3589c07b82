using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ProxyPortal.Components.Shared;

/// <summary>Why a list is empty and what to do next. "Nothing yet" offers the first step that this user may take; "no match" offers
/// to clear the filters and nothing else.</summary>
public partial class EmptyState
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Why it is empty, and what will be here.</summary>
    [Parameter]
    public string? Text { get; set; }

    [Parameter]
    public string? Icon { get; set; }

    /// <summary>The next step; leave it out for people who may not take it.</summary>
    [Parameter]
    public RenderFragment? Action { get; set; }

    /// <summary>There are rows, but the filters hide all of them.</summary>
    [Parameter]
    public bool NoMatch { get; set; }

    /// <summary>The list without filters, from <see cref="PortalUrls"/>.</summary>
    [Parameter]
    public string? ClearUrl { get; set; }

    /// <summary>For filters that are not in the address.</summary>
    [Parameter]
    public EventCallback OnClear { get; set; }

    private string DefaultIcon => NoMatch ? Icons.Material.Outlined.FilterAltOff : Icons.Material.Outlined.Inbox;
}
