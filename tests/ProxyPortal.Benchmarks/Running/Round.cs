using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Running;

/// <summary>Measures cases so that each starts from the same place: proofs in memory, caches warm, nobody at work.</summary>
internal sealed class Round(Workload workload, ServerSet servers, LoadOptions options)
{
    private static readonly TimeSpan LeadIn = TimeSpan.FromMilliseconds(300);

    // Until a disturbance shows in full: longer than a password may wait for its hash.
    private static readonly TimeSpan DisturbedLeadIn = TimeSpan.FromSeconds(2);

    /// <summary>Compilation in tiers takes seconds under load. Each server gets the same time, however many cases ask it.</summary>
    public async Task WarmUpAsync(IReadOnlyList<BenchmarkCase> cases, CancellationToken cancellation)
    {
        foreach (var one in cases.DistinctBy(one => one.Server))
        {
            Prove(one);
            Load(one, RequestSequence.Repeating(one.Familiar(workload)), options.WarmUp);
        }
        foreach (var one in cases)
        {
            if (one.Rehearsal(workload, options.Rounds) is { } rehearsal) Load(one, rehearsal, options.Duration);
        }
        await servers.RestAsync(cancellation);
    }

    public async Task<Measurement> MeasureAsync(BenchmarkCase one, int round, CancellationToken cancellation)
    {
        Prove(one);
        Load(one, RequestSequence.Repeating(one.Familiar(workload)), LeadIn);
        await servers.RestAsync(cancellation);

        var server = servers[one.Server];
        await using var disturbance = one.Disturb(workload, server.Address);
        if (disturbance is not null) Load(one, RequestSequence.Repeating(one.Familiar(workload)), DisturbedLeadIn);
        var before = server.ProcessorTime;
        var busyBefore = MachineLoad.BusyTime();
        var load = Load(one, one.Measured(workload, round, options.Rounds), options.Duration);
        var others = (MachineLoad.BusyTime() - busyBefore - (server.ProcessorTime - before)) / load.Elapsed - load.ClientBusy;
        // Work that the server put off is work for these requests too.
        await servers.RestAsync(cancellation);
        var spent = server.ProcessorTime - before;

        return new Measurement(
            one.Name,
            round,
            load.Rps,
            load.Latencies.QuantileMs(0.50),
            load.Latencies.QuantileMs(0.99),
            spent.TotalMicroseconds / Math.Max(1, load.Answered),
            load.Answered,
            load.Shed,
            load.ClientBusy,
            others);
    }

    private void Prove(BenchmarkCase one)
    {
        if (one.IsProvedFirst)
            Proving.Run(servers[one.Server].Address, one.Familiar(workload), one.Dialect);
    }

    private LoadResult Load(BenchmarkCase one, RequestSequence requests, TimeSpan duration) =>
        new LoadGenerator(servers[one.Server].Address, options.Connections, one.Dialect).Run(requests, duration, one.OnShed);
}
