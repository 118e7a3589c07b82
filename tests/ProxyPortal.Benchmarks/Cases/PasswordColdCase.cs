using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Cases;

/// <summary>
/// Passwords that were never proved: each request costs a slow hash. More connections than the hash queue takes may be
/// told 503, which is the promised answer to overload and is shown as shed.
/// </summary>
internal sealed class PasswordColdCase() : PortalCase("password-cold")
{
    public override OnShed OnShed => OnShed.Leave;

    public override RequestSequence Rehearsal(Workload workload, int rounds) =>
        RequestSequence.EachOnce(ColdShares.Rehearsal(workload.ColdPasswords, rounds));

    public override RequestSequence Measured(Workload workload, int round, int rounds) =>
        RequestSequence.EachOnce(ColdShares.Round(workload.ColdPasswords, round, rounds));
}
