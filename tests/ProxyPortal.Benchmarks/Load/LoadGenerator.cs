using System.Diagnostics;
using System.Net;

namespace ProxyPortal.Benchmarks.Load;

/// <summary>
/// A closed loop on one thread: every connection sends its next request as soon as the answer to the last one is read
/// and found to be the expected one.
/// </summary>
internal sealed class LoadGenerator(IPEndPoint server, int connectionCount)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Runs until the time is up or the sequence ends, then waits for what is on its way. With <paramref name="mayShed"/>
    /// a connection that is told 503 leaves the run, as a caller that honours Retry-After would.
    /// </summary>
    public LoadResult Run(RequestSequence requests, TimeSpan duration, bool mayShed = false)
    {
        var connections = new List<Connection>(connectionCount);
        try
        {
            for (var i = 0; i < connectionCount; i++) connections.Add(new Connection(server));
            return Run(connections, requests, duration, mayShed);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static LoadResult Run(List<Connection> connections, RequestSequence requests, TimeSpan duration, bool mayShed)
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
                if (!readiness.IsReady(i) || !connection.TryReceive(out var answer)) continue;

                underway--;
                var now = Stopwatch.GetTimestamp();
                if (connection.Pending.IsAnsweredBy(answer))
                {
                    latencies.Record(now - connection.SentAt);
                    answered++;
                    if (Stopwatch.GetElapsedTime(started, now) < duration) SendNextOrLeave(i);
                    else readiness.Forget(i);
                }
                else if (mayShed && answer.Status == 503)
                {
                    shed++;
                    readiness.Forget(i);
                }
                else
                {
                    throw new WrongAnswerException(connection.Pending, answer);
                }
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
