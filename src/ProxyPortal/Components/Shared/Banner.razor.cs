using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Theme;

namespace ProxyPortal.Components.Shared;

/// <summary>A condition of the whole portal or of one page that stays until it is cured: mail failing, credentials in clear.</summary>
public partial class Banner
{
    [Parameter, EditorRequired]
    public StatusTone Tone { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public RenderFragment? Action { get; set; }
}
