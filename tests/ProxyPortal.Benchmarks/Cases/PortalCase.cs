using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Cases;

/// <summary>A case that asks the portal.</summary>
internal abstract class PortalCase(string name) : BenchmarkCase(name, ServerName)
{
    public const string ServerName = "portal";

    public override PreparedRequest[] Familiar(Workload workload) => workload.RememberedAndGuesses;
}
