using Microsoft.JSInterop;

namespace ProxyPortal.Components.Shared;

/// <summary>The browser's time zone, asked once per circuit, and one beat for all relative times on the page. Scoped: one per
/// circuit.</summary>
public sealed class BrowserClock(IJSRuntime browser, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    private Task<TimeZoneInfo>? _zone;
    private ITimer? _timer;
    private Action? _beat;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Raised every half minute while somebody listens, on a thread of the pool.</summary>
    public event Action Beaten
    {
        add
        {
            _beat += value;
            _timer ??= time.CreateTimer(_ => _beat?.Invoke(), null, Beat, Beat);
        }

        remove
        {
            _beat -= value;
            if (_beat is not null)
                return;
            _timer?.Dispose();
            _timer = null;
        }
    }

    /// <summary>UTC when the browser cannot say or names a zone unknown here. Call it after the first render, not before: while
    /// prerendering there is no browser.</summary>
    public Task<TimeZoneInfo> GetZoneAsync() => _zone ??= AskAsync();

    public async ValueTask DisposeAsync()
    {
        _beat = null;
        if (_timer is not null)
            await _timer.DisposeAsync();
    }

    private async Task<TimeZoneInfo> AskAsync()
    {
        try
        {
            await using var module = await browser.InvokeAsync<IJSObjectReference>("import", "./js/clock.js");
            string? name = await module.InvokeAsync<string?>("timeZone");
            return name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
        }
        catch (Exception failure) when (failure is JSException or JSDisconnectedException or OperationCanceledException)
        {
            return TimeZoneInfo.Utc;
        }
    }
}
