namespace ProxyPortal.Benchmarks.Load;

/// <summary>What one run saw. <see cref="Shed"/> counts answers 503, which are not among the answered.</summary>
internal sealed record LoadResult(long Answered, long Shed, TimeSpan Elapsed, LatencyHistogram Latencies, double ClientBusy)
{
    public double Rps => Answered / Elapsed.TotalSeconds;
}
