namespace ProxyPortal.Benchmarks.Timing;

/// <summary>A kind of refusal held against the first kind of its surface, in one run.</summary>
internal sealed record Comparison(string Kind, double MedianMs, double P95Ms, double DifferenceMs, double P)
{
    private const double LeastP = 0.01;
    private const double LargestDifferenceMs = 1;

    public bool IsAlike => HasOneDistribution && Math.Abs(DifferenceMs) < LargestDifferenceMs;

    public bool HasOneDistribution => P > LeastP;

    public static Comparison Of(string kind, double[] times, double[] reference)
    {
        var (own, other) = (times.Order().ToArray(), reference.Order().ToArray());
        var median = TwoSamples.Median(own);
        return new Comparison(kind, median, own[own.Length * 95 / 100], median - TwoSamples.Median(other), TwoSamples.KolmogorovSmirnov(own, other));
    }
}
