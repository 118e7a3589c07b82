using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ProxyPortal.Components.Shared;

/// <summary>Leads through a long list by links, so that every page of it can be bookmarked; always says how many there are in all.</summary>
public partial class Pager
{
    /// <summary>From 1.</summary>
    [Parameter, EditorRequired]
    public int Page { get; set; }

    [Parameter, EditorRequired]
    public int PageSize { get; set; }

    [Parameter, EditorRequired]
    public int Total { get; set; }

    /// <summary>The address of a page of a size.</summary>
    [Parameter, EditorRequired]
    public required Func<int, int, string> Url { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    private string Range => string.Create(CultureInfo.InvariantCulture,
        $"{Math.Min(Total, (Page - 1) * PageSize + 1):N0}–{Math.Min(Total, Page * PageSize):N0} of {Total:N0}");

    private RenderFragment Step(string label, string icon, int page, bool enabled) => builder =>
    {
        builder.OpenElement(0, enabled ? "a" : "span");
        builder.AddAttribute(1, "class", enabled ? "pp-icon-button" : "pp-icon-button pp-icon-button-off");
        builder.AddAttribute(2, "aria-label", label);
        if (enabled)
            builder.AddAttribute(3, "href", Url(page, PageSize));
        else
            builder.AddMultipleAttributes(4, [new("role", "link"), new("aria-disabled", "true")]);
        builder.OpenComponent<MudIcon>(5);
        builder.AddComponentParameter(6, nameof(MudIcon.Icon), icon);
        builder.CloseComponent();
        builder.CloseElement();
    };

    private void OnSize(ChangeEventArgs change) => Navigation.NavigateTo(Url(1, ListAddress.ReadSize(change.Value as string)), replace: true);
}
