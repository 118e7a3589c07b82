using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>The order of events, the same for every verb that loads servers: servers up, warm-up, rounds in alternating order.</summary>
internal static class CaseRun
{
    public static async Task<List<Measurement>> MeasureAsync(
        IReadOnlyList<BenchmarkCase> cases, ServerSet servers, AccountSet accounts, LoadOptions options, RunEnvironment environment, CancellationToken cancellation)
    {
        foreach (var one in cases)
        {
            if (!servers.Has(one.Server)) await servers.StartAsync(await one.PrepareServerAsync(accounts, environment, cancellation), environment, cancellation);
        }

        var rounds = new Round(new Workload(accounts), servers, options);
        await rounds.WarmUpAsync(cases, cancellation);

        var measurements = new List<Measurement>();
        for (var round = 0; round < options.Rounds; round++)
        {
            // Every other round runs backwards: a machine that slows down or speeds up favours nobody.
            foreach (var one in round % 2 == 0 ? cases : cases.Reverse())
                measurements.Add(await rounds.MeasureAsync(one, round, cancellation));
            await Console.Error.WriteLineAsync($"round {round + 1} of {options.Rounds} done");
        }
        return measurements;
    }
}
