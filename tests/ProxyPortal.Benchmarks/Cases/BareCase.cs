using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Running;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Cases;

/// <summary>The same requests to a server that reads them and checks nothing.</summary>
internal sealed class BareCase(string name) : BenchmarkCase(name, server: name)
{
    public const string Reference = "bare";

    /// <summary>A second process of the same server: its distance from 1.00 is the noise of the machine.</summary>
    public const string Again = "bare-again";

    public override Task<ServerStart> PrepareServerAsync(AccountSet accounts, RunEnvironment environment, CancellationToken cancellation) =>
        Task.FromResult(ServerStarts.Bare(Server));

    public override PreparedRequest[] Familiar(Workload workload) => workload.Remembered;

    public override RequestSequence Measured(Workload workload, int round, int rounds) => RequestSequence.Repeating(workload.Remembered);
}
