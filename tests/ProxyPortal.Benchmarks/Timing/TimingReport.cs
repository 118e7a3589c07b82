using System.Globalization;

namespace ProxyPortal.Benchmarks.Timing;

/// <summary>A table for each surface, in the form of the documentation.</summary>
internal static class TimingReport
{
    /// <returns>Whether every kind was alike in at least one run: chance alone puts one run in a hundred below the bound. Where the control
    /// itself is out of the bounds, the machine is too busy to compare medians, and the test alone counts.</returns>
    public static bool Write(TextWriter output, Surface surface, int requests, IReadOnlyList<Comparison[]> runs)
    {
        output.WriteLine($"{surface.Name}: {requests} requests of each kind, {runs.Count} runs; every answer the same bytes");
        output.WriteLine("| kind | median ms | p95 ms | median to the first kind, ms | KS p | |");
        output.WriteLine("|---|---|---|---|---|---|");
        var control = surface.Kinds.ToList().IndexOf(TimingData.Control);
        var isNoisy = control >= 0 && !runs.Any(run => run[control].IsAlike);
        var alike = true;
        for (var kind = 0; kind < surface.Kinds.Count; kind++)
        {
            var own = runs.Select(run => run[kind]).ToList();
            var same = own.Any(one => isNoisy ? one.HasOneDistribution : one.IsAlike);
            alike &= same;
            output.WriteLine($"| {surface.Kinds[kind]} | {All(own, one => one.MedianMs, "0.000")} | {All(own, one => one.P95Ms, "0.000")} | "
                + (kind == 0 ? "| | |" : $"{All(own, one => one.DifferenceMs, "+0.000;-0.000")} | {All(own, one => one.P, "0.000")} | {(same ? "alike" : "DIFFERENT")} |"));
        }
        if (isNoisy) output.WriteLine("The control differs from itself: other work on the machine makes the medians useless, only the KS test counts.");
        output.WriteLine();
        output.Flush();
        return alike;
    }

    private static string All(IEnumerable<Comparison> runs, Func<Comparison, double> value, string format) =>
        string.Join(", ", runs.Select(run => value(run).ToString(format, CultureInfo.InvariantCulture)));
}
