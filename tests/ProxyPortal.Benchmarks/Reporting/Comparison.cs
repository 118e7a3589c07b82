using System.Globalization;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Reporting;

/// <summary>Compares two cases round by round: the median of the ratios within a round, as both saw the same machine then.</summary>
internal sealed class Comparison(IReadOnlyCollection<Measurement> measurements)
{
    /// <summary>Requests a second of one case to those of another: at least so much.</summary>
    public Finding Rate(string what, string case1, string case2, double atLeast)
    {
        var aim = string.Create(CultureInfo.InvariantCulture, $">= {atLeast:0.##}");
        return Ratios(case1, case2, one => one.Rps) is { } ratio ? new Finding(what, aim, Text(ratio), ratio.Median >= atLeast) : new Finding(what, aim, null, null);
    }

    /// <summary>The slowest hundredth of one case to that of another: at most so much.</summary>
    public Finding P99(string what, string case1, string case2, double atMost)
    {
        var aim = string.Create(CultureInfo.InvariantCulture, $"<= {atMost:0.##}");
        return Ratios(case1, case2, one => one.P99Ms) is { } ratio ? new Finding(what, aim, Text(ratio), ratio.Median <= atMost) : new Finding(what, aim, null, null);
    }

    /// <summary>Requests a second of one case to those of another, for information.</summary>
    public Finding Rate(string what, string case1, string case2) =>
        new(what, "", Ratios(case1, case2, one => one.Rps) is { } ratio ? Text(ratio) : null, null);

    private Spread? Ratios(string case1, string case2, Func<Measurement, double> number)
    {
        var below = measurements.Where(one => one.Case == case2).ToDictionary(one => one.Round, number);
        List<double> ratios = [.. measurements.Where(one => one.Case == case1 && below.ContainsKey(one.Round)).Select(one => number(one) / below[one.Round])];
        return ratios.Count == 0 ? null : new Spread(Report.Median(ratios), ratios.Min(), ratios.Max());
    }

    private static string Text(Spread ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:0.00} ({ratio.Lowest:0.00} - {ratio.Highest:0.00})");

    private readonly record struct Spread(double Median, double Lowest, double Highest);
}
