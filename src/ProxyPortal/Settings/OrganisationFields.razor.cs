using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Settings;

/// <summary>Organisation name and public URL: in the settings and in the first run.</summary>
public partial class OrganisationFields
{
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter]
    public EventCallback<string> NameChanged { get; set; }

    [Parameter, EditorRequired]
    public required string PublicUrl { get; set; }

    [Parameter]
    public EventCallback<string> PublicUrlChanged { get; set; }

    [Parameter, EditorRequired]
    public Error? Fault { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    [Inject]
    public required SettingsService Settings { get; init; }

    private string NameHint => Settings.IsOrganisationNameFixed
        ? "Fixed by Portal:OrganisationName in the configuration; change it there and restart."
        : "People read it when they sign in, in mails and on help pages.";

    private string UrlHint => Settings.IsPublicUrlFixed
        ? "Fixed by Portal:PublicUrl in the configuration; change it there and restart."
        : "Every link in mails and PAC files begins with it, and the portal answers under this name only.";
}
