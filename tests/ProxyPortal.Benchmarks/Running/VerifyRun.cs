using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>The whole run: servers up, warm-up, rounds in alternating order, report.</summary>
internal static class VerifyRun
{
    public static async Task<int> ExecuteAsync(VerifyOptions options, RunEnvironment environment, CancellationToken cancellation)
    {
        try
        {
            var measurements = await MeasureAsync(options, environment, cancellation);
            var report = new Report(measurements);
            TableReport.Write(Console.Out, report, options, environment);
            if (options.JsonFile is { } file) JsonReport.Write(file, report);
            return 0;
        }
        catch (Exception failure) when (failure is WrongAnswerException or ServerStartException or TimeoutException or IOException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static async Task<List<Measurement>> MeasureAsync(VerifyOptions options, RunEnvironment environment, CancellationToken cancellation)
    {
        var cases = CaseCatalog.Choose(options.Cases, options.SelfCheck);
        var accounts = new AccountSet(options.Devices, options.Passwords);
        var workload = new Workload(accounts);

        using var servers = new ServerSet();
        foreach (var one in cases) await servers.StartAsync(one.Server, accounts, environment, cancellation);

        var rounds = new Round(workload, servers, options);
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
