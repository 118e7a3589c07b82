using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Running;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Cases;

/// <summary>A case that asks the portal.</summary>
internal abstract class PortalCase(string name) : BenchmarkCase(name, ServerName)
{
    public const string ServerName = "portal";

    public override Task<ServerStart> PrepareServerAsync(AccountSet accounts, RunEnvironment environment, CancellationToken cancellation) =>
        ServerStarts.PortalAsync(accounts, environment, cancellation);

    public override PreparedRequest[] Familiar(Workload workload) => workload.RememberedAndGuesses;
}
