using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>What is counted together within one minute.</summary>
internal readonly record struct RollupKey(int Minute, Guid Proxy, Guid Endpoint, RejectionReason Reason, AuthSchemes Scheme);

/// <summary>Counts by minute that are to be added to the stored ones. A few for each minute, whatever the load.</summary>
internal sealed class RollupSums
{
    public const int Most = 20_000;
    private readonly Dictionary<RollupKey, VerificationRollup> _sums = [];

    public int Count => _sums.Count;

    public IEnumerable<VerificationRollup> Rows => _sums.Values;

    public void Add(in EventFold fold) => Add(
        new RollupKey(fold.Minute, fold.Caller.ProxyId, fold.Endpoint?.Id ?? Guid.Empty, fold.TrueReason, fold.AuthScheme),
        fold.Count, fold.FromMemory, fold.Latency / TimeSpan.TicksPerMicrosecond, fold.LongestLatency / TimeSpan.TicksPerMicrosecond);

    public void AddLost(int minute, RejectionReason reason, long count) => Add(new RollupKey(minute, Guid.Empty, Guid.Empty, reason, AuthSchemes.None), count, 0, 0, 0);

    /// <summary>Puts back what could not be stored.</summary>
    public void Add(RollupSums others)
    {
        foreach ((RollupKey key, VerificationRollup sum) in others._sums)
            Add(key, sum.Count, sum.FromMemory, sum.LatencySumMicroseconds, sum.LatencyMaxMicroseconds);
    }

    private void Add(RollupKey key, long count, long fromMemory, long latency, long longest)
    {
        if (!_sums.TryGetValue(key, out VerificationRollup? sum))
        {
            // Days without a database: from here on a newer minute is counted in the place of an older one.
            if (_sums.Count >= Most && _sums.Keys.FirstOrDefault(other => other with { Minute = key.Minute } == key) is var other && _sums.TryGetValue(other, out sum))
                key = other;
            else
                _sums[key] = sum = new VerificationRollup
                {
                    Start = new DateTimeOffset(key.Minute * TimeSpan.TicksPerMinute, TimeSpan.Zero),
                    ProxyId = key.Proxy,
                    EndpointId = key.Endpoint,
                    Reason = key.Reason,
                    Scheme = key.Scheme,
                };
        }
        sum.Count += count;
        sum.FromMemory += fromMemory;
        sum.LatencySumMicroseconds += latency;
        sum.LatencyMaxMicroseconds = Math.Max(sum.LatencyMaxMicroseconds, longest);
    }
}
