using System.Diagnostics;

namespace ProxyPortal.Benchmarks.Servers;

/// <summary>Asks a started server until it says 200, with an end in sight.</summary>
internal static class ReadinessProbe
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<TimeSpan> UntilReadyAsync(ServerProcess server, TimeSpan limit, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var started = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(client, server.Start.Ready, cancellation))
        {
            if (server.HasExited) throw new ServerStartException($"{server.Start.Name} ended before it was ready.", server.Log);
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new ServerStartException($"{server.Start.Name} was not ready within {limit.TotalSeconds:0} s ({server.Start.Ready}).", server.Log);
            await Task.Delay(Pause, cancellation);
        }
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, Uri address, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(address, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
