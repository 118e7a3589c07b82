using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace ProxyPortal.Components.Layout;

/// <summary>The shell of every interactive page: navigation beside the content, or above it on a phone. Drawer, menus and dialogs
/// are the browser's own popovers and dialogs, so they open at once and work while the circuit is still connecting.</summary>
public partial class MainLayout
{
    private ShellUser _user = ShellUser.Nobody;
    private PageErrorBoundary? _boundary;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    /// <summary>The page's own address with a fragment: a bare <c>#content</c> would be resolved against the base address.</summary>
    private string SkipHref => Navigation.Uri.Split('#')[0] + "#content";

    protected override async Task OnParametersSetAsync()
    {
        _boundary?.Recover();
        _user = ShellUser.From(Authentication is null ? null : (await Authentication).User);
    }
}
