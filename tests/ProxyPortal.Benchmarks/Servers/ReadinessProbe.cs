using System.Diagnostics;

namespace ProxyPortal.Benchmarks.Servers;

/// <summary>Asks a started server until it shows that it is ready, with an end in sight.</summary>
internal static class ReadinessProbe
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<TimeSpan> UntilReadyAsync(ServerProcess server, TimeSpan limit, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await server.Start.Ready.IsGivenAsync(cancellation))
        {
            if (server.HasExited) throw new ServerStartException($"{server.Start.Name} ended before it was ready.", server.Log);
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new ServerStartException($"{server.Start.Name} was not ready within {limit.TotalSeconds:0} s ({server.Start.Ready}).", server.Log);
            await Task.Delay(Pause, cancellation);
        }
        return Stopwatch.GetElapsedTime(started);
    }
}
