namespace ProxyPortal.Benchmarks.Timing;

/// <summary>What can be said of two samples without knowing how they are distributed.</summary>
internal static class TwoSamples
{
    public static double Median(double[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;

    /// <summary>The two-sample Kolmogorov-Smirnov test: how likely so large a distance is when both come from one distribution.</summary>
    public static double KolmogorovSmirnov(double[] one, double[] two)
    {
        var distance = Distance(one, two);
        var root = Math.Sqrt((double)one.Length * two.Length / (one.Length + two.Length));
        // Stephens' correction makes the limit distribution serve for samples of this size.
        var lambda = (root + 0.12 + 0.11 / root) * distance;
        return Tail(lambda);
    }

    /// <summary>The largest distance between the two empirical distribution functions; both samples sorted.</summary>
    private static double Distance(double[] one, double[] two)
    {
        int i = 0, j = 0;
        var largest = 0.0;
        while (i < one.Length && j < two.Length)
        {
            var value = Math.Min(one[i], two[j]);
            while (i < one.Length && one[i] <= value) i++;
            while (j < two.Length && two[j] <= value) j++;
            largest = Math.Max(largest, Math.Abs((double)i / one.Length - (double)j / two.Length));
        }
        return largest;
    }

    private static double Tail(double lambda)
    {
        if (lambda < 0.2) return 1;
        var sum = 0.0;
        for (var k = 1; k <= 100; k++) sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * lambda * lambda);
        return Math.Clamp(sum, 0, 1);
    }
}
