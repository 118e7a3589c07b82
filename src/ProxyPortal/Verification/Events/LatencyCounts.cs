namespace ProxyPortal.Verification.Events;

/// <summary>How many verifications took how long, for the histogram: counted where they happen, told when somebody asks.</summary>
internal sealed class LatencyCounts
{
    /// <summary>Upper bounds in seconds; the first holds what came from memory, the last what waited for a hash.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

    private static readonly long[] Ticks = [.. Bounds.Select(seconds => (long)(seconds * TimeSpan.TicksPerSecond))];
    private readonly long[] _counts = new long[2 * (Bounds.Count + 1)];
    private readonly long[] _sums = new long[2 * (Bounds.Count + 1)];

    public void Add(long latency, bool fromMemory)
    {
        int bucket = 0;
        while (bucket < Ticks.Length && latency > Ticks[bucket])
            bucket++;
        if (fromMemory)
            bucket += Ticks.Length + 1;
        _counts[bucket]++;
        _sums[bucket] += latency;
    }

    /// <summary>Tells every bucket that holds something, with its mean latency in ticks, and is empty afterwards.</summary>
    public void Drain(Action<double, bool, long>? reader)
    {
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            if (_counts[bucket] == 0)
                continue;
            reader?.Invoke((double)_sums[bucket] / _counts[bucket], bucket > Ticks.Length, _counts[bucket]);
            _counts[bucket] = _sums[bucket] = 0;
        }
    }
}
