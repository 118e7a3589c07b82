using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Reporting;

/// <summary>Condenses the rounds into one line a case, in the order in which the cases were first measured.</summary>
internal sealed class Report
{
    public Report(IReadOnlyCollection<Measurement> measurements, string reference)
    {
        Reference = reference;
        var bare = measurements.Where(one => one.Case == reference).ToDictionary(one => one.Round, one => one.Rps);
        Cases = [.. measurements.GroupBy(one => one.Case).Select(rounds => Summarise(rounds.Key, [.. rounds], bare))];
    }

    /// <summary>The case that is the 1.00 of every ratio.</summary>
    public string Reference { get; }

    public IReadOnlyList<CaseSummary> Cases { get; }

    private static CaseSummary Summarise(string name, List<Measurement> rounds, Dictionary<int, double> bare)
    {
        List<double> ratios = [.. rounds.Select(one => one.Rps / bare[one.Round])];
        return new CaseSummary(
            name,
            Median(rounds.Select(one => one.Rps)),
            Median(rounds.Select(one => one.P50Ms)),
            Median(rounds.Select(one => one.P99Ms)),
            Median(ratios),
            ratios.Min(),
            ratios.Max(),
            Median(rounds.Select(one => one.ServerMicroseconds)),
            rounds.Sum(one => one.Answered),
            rounds.Sum(one => one.Shed),
            rounds.Max(one => one.ClientBusy),
            rounds.Max(one => one.OthersBusy));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
