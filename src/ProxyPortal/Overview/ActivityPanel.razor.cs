using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;

namespace ProxyPortal.Overview;

/// <summary>What the verify listener does, as it happens. Reads memory every other second, unless somebody paused it to read.</summary>
public sealed partial class ActivityPanel : IDisposable
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _gone = new();
    private LiveActivity _activity = new([], []);
    private ITimer? _timer;
    private string? _fault;
    private bool _isPaused;

    [Inject]
    public required OverviewService Overview { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    public void Dispose()
    {
        _timer?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnInitializedAsync() => ReadAsync();

    // Not before the first render in the browser: a prerendered page ends at once and would leave a timer behind.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && !_gone.IsCancellationRequested)
            _timer = Time.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, Beat, Beat);
    }

    private async Task RefreshAsync()
    {
        if (_isPaused || _gone.IsCancellationRequested)
            return;
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            // Asked anew each time: a sign-in that ended meanwhile must see nothing more.
            Result<LiveActivity> seen = await Overview.WatchAsync(await CurrentActor.GetAsync(), _gone.Token);
            _fault = seen.Error?.Message;
            _activity = seen.Succeeded ? seen.Value : new LiveActivity([], []);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private Task TogglePause()
    {
        _isPaused = !_isPaused;
        return _isPaused ? Task.CompletedTask : ReadAsync();
    }
}
