using System.Diagnostics;
using System.Net;

namespace ProxyPortal.Benchmarks.Load;

/// <summary>
/// A closed loop on one thread: every connection sends its next request as soon as the answer to the last one is read
/// and found to be the expected one.
/// </summary>
internal sealed class LoadGenerator(IPEndPoint server, int connectionCount, Dialect dialect)
{
    /// <summary>How long a silence is before the run fails.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Runs until the time is up, <paramref name="stop"/> says so, or the sequence ends; then waits for what is on its way.
    /// </summary>
    public LoadResult Run(RequestSequence requests, TimeSpan duration, OnShed onShed = OnShed.Fail, CancellationToken stop = default)
    {
        var connections = new List<Connection>(connectionCount);
        try
        {
            for (var i = 0; i < connectionCount; i++) connections.Add(new Connection(server, dialect));
            return Run(connections, requests, duration, onShed, stop);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private LoadResult Run(List<Connection> connections, RequestSequence requests, TimeSpan duration, OnShed onShed, CancellationToken stop)
    {
        var readiness = new Readiness(connections);
        var latencies = new LatencyHistogram();
        long answered = 0, shed = 0;
        var underway = 0;

        var processorBefore = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();

        for (var i = 0; i < connections.Count; i++) SendNextOrLeave(i);
        while (underway > 0)
        {
            readiness.Wait(Patience);
            for (var i = 0; i < connections.Count; i++)
            {
                var connection = connections[i];
                if (!readiness.IsReady(i) || connection.Receive() is not { } verdict) continue;

                underway--;
                var now = Stopwatch.GetTimestamp();
                if (verdict == connection.Pending.Expected)
                {
                    latencies.Record(now - connection.SentAt);
                    answered++;
                }
                else if (verdict == Verdict.Shed && onShed != OnShed.Fail)
                {
                    shed++;
                }
                else
                {
                    throw new WrongAnswerException(connection.Pending, connection.Received);
                }
                if (verdict == Verdict.Shed && onShed == OnShed.Leave) readiness.Forget(i);
                else if (Stopwatch.GetElapsedTime(started, now) < duration && !stop.IsCancellationRequested) SendNextOrLeave(i);
                else readiness.Forget(i);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        return new LoadResult(answered, shed, elapsed, latencies, (Environment.CpuUsage.TotalTime - processorBefore) / elapsed);

        void SendNextOrLeave(int index)
        {
            if (requests.TryTake(out var request))
            {
                connections[index].Send(request);
                underway++;
            }
            else
            {
                readiness.Forget(index);
            }
        }
    }
}
