using System.Globalization;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Reporting;

/// <summary>The table for people, with what one has to know to read it.</summary>
internal static class TableReport
{
    // Above this the client, not the server, sets the pace.
    private const double ClientSaturated = 0.95;

    // In units of a core. Interrupts and the kernel's own threads stay well below.
    private const double Disturbed = 0.15;

    public static void Write(TextWriter output, Report report, string what, LoadOptions options, RunEnvironment environment)
    {
        output.WriteLine();
        output.WriteLine(Invariant($"{what}, {options.Connections} connections, {options.Rounds} rounds of up to {options.Duration.TotalSeconds} s, .NET {Environment.Version}, {Pinning(environment)}"));
        output.WriteLine();
        output.WriteLine(Invariant($"{"case",-26} {"rps",10} {"p50 ms",9} {"p99 ms",9} {"to " + report.Reference,9} {"(lowest - highest)",20} {"server µs",10} {"answered",10}"));
        foreach (var line in report.Cases)
            output.WriteLine(Invariant($"{line.Case,-26} {line.Rps,10:N0} {line.P50Ms,9:0.000} {line.P99Ms,9:0.000} {line.Ratio,9:0.0000} {Range(line),20} {line.ServerMicroseconds,10:N1} {line.Answered,10:N0}"));
        output.WriteLine();
        foreach (var note in Notes(report)) output.WriteLine(note);
    }

    private static IEnumerable<string> Notes(Report report)
    {
        yield return "Medians of the rounds; \"to ...\" is the median of rps ratios within a round; server µs is processor time a request.";
        if (report.Cases.Any(line => line.Case == "hot"))
            yield return "hot: remembered proofs; 1 % of its requests repeat one wrong password, rejected from the memory of failed guesses.";
        if (report.Cases.FirstOrDefault(line => line.Case == BareCase.Again) is { } again)
            yield return Invariant($"Noise: the bare server against itself reached {again.LowestRatio:0.000} to {again.HighestRatio:0.000}; smaller differences mean nothing.");
        foreach (var line in report.Cases.Where(line => line.Shed > 0))
            yield return Invariant($"{line.Case}: {line.Shed} requests were shed with 503 and are not counted as answered.");
        foreach (var line in report.Cases.Where(line => line.OthersBusy > Disturbed))
            yield return Invariant($"{line.Case}: other processes used up to {line.OthersBusy:0.00} cores meanwhile; measure again on a quiet machine.");
        foreach (var line in report.Cases.Where(line => line.ClientBusy > ClientSaturated))
            yield return Invariant($"{line.Case}: the client used {line.ClientBusy:P0} of a core and may have been the limit; trust server µs over the ratio.");
    }

    private static string Range(CaseSummary line) => Invariant($"({line.LowestRatio:0.0000} - {line.HighestRatio:0.0000})");

    private static string Pinning(RunEnvironment environment) => environment.ServerCore is { } core
        ? Invariant($"servers on core {core}, client on another")
        : "not pinned (the client's spare core time hides part of the servers' cost)";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
