using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Overview;

/// <summary>What the verify listener does, as it happens. Reads memory every other second, unless somebody paused it to read.</summary>
public sealed partial class ActivityPanel
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private LiveActivity _activity = new([], []);
    private bool _isPaused;

    [Inject]
    public required OverviewService Overview { get; init; }

    protected override Task OnInitializedAsync() => ReloadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = RepeatAsync(Beat, RefreshAsync);
    }

    private async Task<bool> RefreshAsync()
    {
        // What failed waits for the button: every other second would fill the log.
        if (_isPaused || !State.IsReady)
            return false;
        await ReloadAsync();
        return true;
    }

    // Asked anew each time: a sign-in that ended meanwhile must see nothing more.
    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<LiveActivity> seen = await Overview.WatchAsync(actor, Gone);
        _activity = seen.Succeeded ? seen.Value : new LiveActivity([], []);
        return seen.Error;
    });

    private static string Dropped(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "event was" : "events were")} dropped");

    private Task TogglePause()
    {
        _isPaused = !_isPaused;
        return _isPaused ? Task.CompletedTask : ReloadAsync();
    }
}
