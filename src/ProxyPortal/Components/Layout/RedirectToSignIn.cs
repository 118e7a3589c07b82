using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Layout;

/// <summary>Leads an ended or missing sign-in session to the sign-in page and back again. The load is forced: only a full response can
/// set cookies.</summary>
public sealed class RedirectToSignIn : ComponentBase
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized() =>
        Navigation.NavigateTo(PortalUrls.SignInAndReturn("/" + Navigation.ToBaseRelativePath(Navigation.Uri)), forceLoad: true);
}
