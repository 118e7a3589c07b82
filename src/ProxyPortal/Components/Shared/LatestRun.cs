namespace ProxyPortal.Components.Shared;

/// <summary>Of runs that follow each other only the latest counts: each new one cancels the one before it. For one thread.</summary>
internal sealed class LatestRun : IDisposable
{
    private CancellationTokenSource _current = new();

    /// <summary>Begins a run; the token is cancelled once another begins.</summary>
    public async Task<CancellationToken> BeginAsync()
    {
        // Exchanged before anything is waited for: whoever comes meanwhile must find this run, or both would go on, and end in any order.
        CancellationTokenSource before = _current, own = _current = new CancellationTokenSource();
        CancellationToken token = own.Token;
        await before.CancelAsync();
        before.Dispose();
        return token;
    }

    public void Dispose()
    {
        _current.Cancel();
        _current.Dispose();
    }
}
