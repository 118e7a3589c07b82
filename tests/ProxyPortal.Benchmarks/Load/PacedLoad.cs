using System.Diagnostics;
using System.Net;

namespace ProxyPortal.Benchmarks.Load;

/// <summary>A proxy with some traffic: one request each millisecond on one connection. A closed loop would keep the server busy all the time, and then whatever
/// else it does takes as much from verification as it needs itself.</summary>
internal sealed class PacedLoad(IPEndPoint server, PreparedRequest[] requests)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(1);

    /// <summary>The 99th percentile, in ms, for as long as <paramref name="act"/> takes.</summary>
    public async Task<double> P99Async(Func<Task> act)
    {
        using var stop = new CancellationTokenSource();
        var latencies = RunAsync(stop.Token);
        try
        {
            await act();
        }
        finally
        {
            await stop.CancelAsync();
        }
        return (await latencies).QuantileMs(0.99);
    }

    /// <summary>How long answers took. One that comes late puts the next one off: what is due is not piled up, as no proxy does.</summary>
    private Task<LatencyHistogram> RunAsync(CancellationToken stop) => Task.Factory.StartNew(() =>
    {
        using var connection = new Connection(server, VerifyDialect.Instance);
        var latencies = new LatencyHistogram();
        var due = Stopwatch.GetTimestamp();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            due = Math.Max(due + (long)(Pace.TotalSeconds * Stopwatch.Frequency), Stopwatch.GetTimestamp());
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                stop.WaitHandle.WaitOne(early);
            connection.Send(requests[i % requests.Length]);
            Verdict? verdict;
            var readiness = new Readiness([connection]);
            do readiness.Wait(TimeSpan.FromSeconds(15));
            while ((verdict = connection.Receive()) is null);
            if (verdict != connection.Pending.Expected) throw new WrongAnswerException(connection.Pending, connection.Received);
            latencies.Record(Stopwatch.GetTimestamp() - connection.SentAt);
        }
        return latencies;
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
