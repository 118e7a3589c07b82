using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Settings;

namespace ProxyPortal.Setup;

/// <summary>Step 3: what the portal is called and where it is found.</summary>
public partial class OrganisationPage
{
    private string _name = "";
    private string _publicUrl = "";

    [Inject]
    public required SettingsService Settings { get; init; }

    private string Here => new Uri(Navigation.BaseUri).GetLeftPart(UriPartial.Authority);

    private bool DiffersFromHere => SettingsService.IsPublicUrl(_publicUrl.Trim())
        && !new Uri(_publicUrl.Trim()).Host.Equals(new Uri(Here).Host, StringComparison.OrdinalIgnoreCase);

    protected override Task PrepareAsync(Actor actor)
    {
        bool isUntouched = Setup is { HasOrganisation: false };
        _name = isUntouched && !Settings.IsOrganisationNameFixed ? "" : Settings.Current.OrganisationName;
        _publicUrl = isUntouched && !Settings.IsPublicUrlFixed ? Here : Settings.Current.PublicUrl;
        return Task.CompletedTask;
    }

    private Task SaveAsync() => SubmitAsync(async actor =>
    {
        Result saved = await Settings.ChangeAsync(actor, _name, _publicUrl, CancellationToken.None);
        if (saved.Error is { } fault)
            return fault;
        GoOn(PortalUrls.SetupProxy);
        return null;
    });
}
