using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>A button that shows its act's progress and takes no second click meanwhile.</summary>
public partial class BusyButton
{
    [Parameter, EditorRequired]
    public bool Busy { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Sends the form it stands in; otherwise give it <see cref="OnClick"/>.</summary>
    [Parameter]
    public bool Submit { get; set; }

    /// <summary>The id of the form it sends when it stands outside of it.</summary>
    [Parameter]
    public string? Form { get; set; }

    /// <summary><c>pp-button-primary</c>, <c>pp-button-danger</c> or nothing.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>Shows only an icon; needs a <see cref="Label"/>.</summary>
    [Parameter]
    public bool Icon { get; set; }

    /// <summary>What screen readers say when the text alone is not enough: "Revoke key …abcd".</summary>
    [Parameter]
    public string? Label { get; set; }

    [Parameter]
    public string? Title { get; set; }

    [Parameter]
    public EventCallback OnClick { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
