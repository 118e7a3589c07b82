using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using ProxyPortal.Access;
using ProxyPortal.Components;
using ProxyPortal.Settings;

namespace ProxyPortal.Setup;

/// <summary>Leads administrators back to the first run until it is finished; asked anew on every page, because pages do its steps too.</summary>
public sealed partial class SetupBanner : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private SetupState? _state;

    [Inject]
    public required SetupProgress Progress { get; init; }

    [Inject]
    public required SettingsService Settings { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ILogger<SetupBanner> Logger { get; init; }

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    public void Dispose()
    {
        Navigation.LocationChanged -= OnMoved;
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnMoved;
        await LookAsync();
    }

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(async () =>
    {
        await LookAsync();
        StateHasChanged();
    });

    private async Task LookAsync()
    {
        if (Settings.Current.IsSetUp || Authentication is null)
            return;
        try
        {
            Actor actor = Actor.From((await Authentication).User, null);
            _state = actor.May(Permission.EditSettings) ? await Progress.GetAsync(_gone.Token) : null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A reminder must not take the page with it.
            ComponentsLog.ComponentFailed(Logger, failure, IncidentId.New(), nameof(SetupBanner), new Uri(Navigation.Uri).AbsolutePath);
        }
        catch (OperationCanceledException)
        {
            // The page left.
        }
    }
}
