using System.Diagnostics;

namespace ProxyPortal.Benchmarks.Bulk;

/// <summary>Somebody who changes one user again and again, and counts how long that is not possible.</summary>
internal sealed class OtherWriter : IDisposable
{
    // Somebody who clicks as fast as people do.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<TimeSpan> _run;

    public OtherWriter(BulkPortal portal) => _run = RunAsync(portal);

    public async Task<TimeSpan> StopAsync()
    {
        await _stop.CancelAsync();
        return await _run;
    }

    public void Dispose() => _stop.Dispose();

    private async Task<TimeSpan> RunAsync(BulkPortal portal)
    {
        var longest = TimeSpan.Zero;
        var lastDone = Stopwatch.GetTimestamp();
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            if (await portal.TryWriteAsync(i, CancellationToken.None))
            {
                var waited = Stopwatch.GetElapsedTime(lastDone);
                longest = waited > longest ? waited : longest;
                lastDone = Stopwatch.GetTimestamp();
            }
            await Task.Delay(Pause);
        }
        return longest;
    }
}
