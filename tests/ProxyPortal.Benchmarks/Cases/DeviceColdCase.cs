using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Cases;

/// <summary>Device secrets that the portal has never seen: each request is another device. A round ends when its share is used up.</summary>
internal sealed class DeviceColdCase() : PortalCase("device-cold")
{
    public override RequestSequence Rehearsal(Workload workload, int rounds) =>
        RequestSequence.EachOnce(ColdShares.Rehearsal(workload.ColdDevices, rounds));

    public override RequestSequence Measured(Workload workload, int round, int rounds) =>
        RequestSequence.EachOnce(ColdShares.Round(workload.ColdDevices, round, rounds));
}
