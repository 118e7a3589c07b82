using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Attack;

/// <summary>What the attackers were told, over all rounds.</summary>
internal sealed class AttackTally
{
    public long Rejected { get; private set; }

    public long Shed { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    public double PerSecond => (Rejected + Shed) / Math.Max(1e-9, Elapsed.TotalSeconds);

    public void Add(LoadResult run)
    {
        Rejected += run.Answered;
        Shed += run.Shed;
        Elapsed += run.Elapsed;
    }
}
