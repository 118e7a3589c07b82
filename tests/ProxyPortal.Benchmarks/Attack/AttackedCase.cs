using System.Net;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Attack;

/// <summary>The load of <see cref="HotCase"/> while others guess.</summary>
internal sealed class AttackedCase(int attackers, AttackTally tally) : PortalCase(CaseName)
{
    public const string CaseName = "hot-attacked";

    public override IDisturbance Disturb(Workload workload, IPEndPoint server) => new Attackers(server, attackers, workload.FreshGuesses(), tally);

    public override RequestSequence Measured(Workload workload, int round, int rounds) => RequestSequence.Repeating(workload.RememberedAndGuesses);
}
