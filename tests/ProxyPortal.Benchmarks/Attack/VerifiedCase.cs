using System.Net;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Cases;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Attack;

/// <summary>Users who were proved before and nothing else: a wrong password may rightly be told to come later while others guess.</summary>
internal class VerifiedCase(string name) : PortalCase(name)
{
    public const string Idle = "verified";

    public override RequestSequence Measured(Workload workload, int round, int rounds) => RequestSequence.Repeating(workload.Remembered);
}

/// <summary>The same load while others guess.</summary>
internal sealed class AttackedCase(int attackers, AttackTally tally) : VerifiedCase(CaseName)
{
    public const string CaseName = "verified-attacked";

    public override IDisturbance Disturb(Workload workload, IPEndPoint server) => new Attackers(server, attackers, workload.FreshGuesses(), tally);
}
