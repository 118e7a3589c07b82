using System.Net;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Attack;

/// <summary>Connections that send nothing but wrong passwords, as fast as they are answered, and do not honour Retry-After.</summary>
internal sealed class Attackers : IDisturbance
{
    private readonly CancellationTokenSource _stop = new();
    private readonly AttackTally _tally;
    private readonly Task<LoadResult> _run;

    public Attackers(IPEndPoint server, int connections, RequestSequence guesses, AttackTally tally)
    {
        _tally = tally;
        _run = Task.Factory.StartNew(
            () => new LoadGenerator(server, connections, VerifyDialect.Instance).Run(guesses, TimeSpan.MaxValue, OnShed.Insist, _stop.Token),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>An answer that lets a guess in ends the benchmark here.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _tally.Add(await _run);
        _stop.Dispose();
    }
}
