using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>What a metric may tell apart: bounded by what administrators set up, and nothing of any user.</summary>
internal readonly record struct TotalKey(RejectionReason Reason, AuthSchemes Scheme, string Endpoint, bool FromMemory);

/// <summary>Counts since the start, for the metrics.</summary>
internal sealed class EventTotals : IEventFollower
{
    private readonly Lock _sync = new();
    private readonly Dictionary<TotalKey, long> _totals = [];

    public void Follow(in EventFold fold)
    {
        string endpoint = fold.Endpoint?.Name ?? "";
        lock (_sync)
        {
            Add(new TotalKey(fold.TrueReason, fold.AuthScheme, endpoint, true), fold.FromMemory);
            Add(new TotalKey(fold.TrueReason, fold.AuthScheme, endpoint, false), fold.Count - fold.FromMemory);
        }
    }

    public void FollowLost(RejectionReason reason, long count)
    {
        lock (_sync)
            Add(new TotalKey(reason, AuthSchemes.None, "", false), count);
    }

    public IReadOnlyList<(TotalKey Key, long Count)> Read()
    {
        lock (_sync)
            return [.. _totals.Select(total => (total.Key, total.Value))];
    }

    private void Add(TotalKey key, long count)
    {
        if (count > 0)
            _totals[key] = _totals.GetValueOrDefault(key) + count;
    }
}
