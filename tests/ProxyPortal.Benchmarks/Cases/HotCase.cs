using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Cases;

/// <summary>
/// Passwords that were proved before, and 1 % of a wrong one that must be rejected. The wrong one is always the same, so
/// it is answered from the memory of failed guesses: the case measures remembered answers, not hashes.
/// </summary>
internal sealed class HotCase() : PortalCase("hot")
{
    public override RequestSequence Measured(Workload workload, int round, int rounds) =>
        RequestSequence.Repeating(workload.RememberedAndGuesses);
}
