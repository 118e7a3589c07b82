using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;

namespace ProxyPortal.Setup;

/// <summary>What the steps of the first run share: for administrators only, and over once it is finished.</summary>
public abstract class SetupPage : ActingComponent
{
    [Inject]
    public required SetupProgress Progress { get; init; }

    /// <summary>Where the first run stood when the page was opened.</summary>
    protected SetupState? Setup { get; private set; }

    protected override Task OnInitializedAsync() => ReloadAsync();

    protected Task ReloadAsync() => LoadAsync(async actor =>
    {
        if (!actor.May(Permission.EditSettings))
            return AccessControl.Forbidden;
        Setup = await Progress.GetAsync(Gone);
        if (Setup.IsOver)
            Navigation.NavigateTo(PortalUrls.Home);
        await PrepareAsync(actor);
        return null;
    });

    /// <summary>Fills in what the step shows.</summary>
    protected virtual Task PrepareAsync(Actor actor) => Task.CompletedTask;
}
