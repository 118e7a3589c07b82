using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Users;

namespace ProxyPortal.Overview;

/// <summary>The start page: the overview for those who run the portal, their own access for everybody else.</summary>
public partial class OverviewPage
{
    private OverviewState? _state;

    [Inject]
    public required OverviewService Overview { get; init; }

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        if (actor.Role is PortalRole.None)
            return null;
        Result<OverviewState> found = await Overview.GetAsync(actor, Gone);
        _state = found.Succeeded ? found.Value : null;
        return found.Error;
    });
}
