using System.Collections.Concurrent;

namespace ProxyPortal.Verification;

/// <summary>When the secret of a credential was last proved here: what a reason may be told on, to a caller that only vouches.
/// Bounded like <see cref="ProofCache"/>: two generations, the older dropped whole.</summary>
internal sealed class RecentProofs
{
    private const int Capacity = 200_000;

    /// <summary>Whoever proved the secret within a day may still be told why it is no longer enough.</summary>
    private const long Lifetime = TimeSpan.TicksPerDay;

    // A mark that is a minute old does as well as a new one, and the hot path then only reads.
    private const long Exactness = TimeSpan.TicksPerMinute;

    private volatile Generation _young = new();
    private volatile Generation _old = new();

    public void Saw(Guid credential, long at)
    {
        Generation young = _young;
        if (young.At.TryGetValue(credential, out long last))
        {
            if (at - last >= Exactness)
                young.At[credential] = at;
            return;
        }

        if (!young.At.TryAdd(credential, at))
            return;
        // One writer alone sees the exact number: two would each drop a generation.
        if (Interlocked.Increment(ref young.Added) == Capacity / 2)
            (_old, _young) = (young, new());
    }

    public bool Contains(Guid credential, long now) =>
        (_young.At.TryGetValue(credential, out long at) || _old.At.TryGetValue(credential, out at)) && now - at < Lifetime;

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<Guid, long> At = new();
        public int Added;
    }
}
