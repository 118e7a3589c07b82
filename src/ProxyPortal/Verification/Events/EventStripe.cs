using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>Who wants to know what was recorded. Called by one thread at a time, while the stripe is out of use: be quick.</summary>
internal interface IEventFollower
{
    void Follow(in EventFold fold);

    /// <summary>Verifications of which only the reason is known: there was no room for more.</summary>
    void FollowLost(RejectionReason reason, long count);
}

/// <summary>
/// One of a few tables that verifications are recorded in. It is entered by whoever comes first; who finds it taken goes to the next
/// one instead of waiting. An open-addressing table in place, so that nothing is allocated and what it holds is bounded.
/// </summary>
internal sealed class EventStripe
{
    public const int Slots = 2048;
    public const int Singles = 256;
    private const int Fullest = Slots / 4 * 3;
    private const int LongestProbe = 32;
    private readonly EventFold[] _folds = new EventFold[Slots];
    private readonly ushort[] _order = new ushort[Slots];
    private readonly EventFold[] _singles = new EventFold[Singles];
    private readonly long[] _lost = new long[ReasonCounts.Size];
    private int _taken;
    private int _foldCount;
    private int _singleCount;

    public LatencyCounts Latencies { get; } = new();

    /// <summary>Worth being drained before its time.</summary>
    public bool IsFilling => _foldCount >= Slots / 2 || _singleCount >= Singles / 2;

    public bool TryEnter() => Volatile.Read(ref _taken) == 0 && Interlocked.Exchange(ref _taken, 1) == 0;

    public void Leave() => Volatile.Write(ref _taken, 0);

    public void Add(in VerificationRecord record)
    {
        Latencies.Add(record.Latency, record.FromMemory);
        // A rejection keeps its own id as long as there is room: it is what joins the proxy's log with ours.
        if (record.Reason is not RejectionReason.None && _singleCount < Singles)
        {
            _singles[_singleCount++].Begin(record, single: true);
            return;
        }
        int slot = EventFold.HashOf(record) >>> 8 & (Slots - 1);
        for (int probe = 0; probe < LongestProbe; probe++, slot = (slot + 1) & (Slots - 1))
        {
            ref EventFold fold = ref _folds[slot];
            if (fold.Count == 0)
            {
                if (_foldCount >= Fullest)
                    break;
                _order[_foldCount++] = (ushort)slot;
                fold.Begin(record);
                return;
            }
            if (fold.Holds(record))
            {
                fold.Add(record);
                return;
            }
        }
        _lost[(int)record.Reason] += Math.Max(1, record.Count);
    }

    /// <summary>Hands everything to the followers, and is empty afterwards. Only by the one who has entered.</summary>
    public void Drain(IReadOnlyList<IEventFollower> followers)
    {
        for (int i = 0; i < _singleCount; i++)
            HandOver(ref _singles[i], followers);
        for (int i = 0; i < _foldCount; i++)
            HandOver(ref _folds[_order[i]], followers);
        _singleCount = _foldCount = 0;
        for (int reason = 0; reason < _lost.Length; reason++)
        {
            if (_lost[reason] == 0)
                continue;
            foreach (IEventFollower follower in followers)
                follower.FollowLost((RejectionReason)reason, _lost[reason]);
            _lost[reason] = 0;
        }
    }

    private static void HandOver(ref EventFold fold, IReadOnlyList<IEventFollower> followers)
    {
        foreach (IEventFollower follower in followers)
            follower.Follow(fold);
        fold = default;
    }
}
