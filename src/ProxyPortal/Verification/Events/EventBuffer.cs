using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification.Events;

/// <summary>What is to be stored at once.</summary>
internal sealed record EventBatch(IReadOnlyList<(PendingEvent Event, VerificationEvent Row)> Events, RollupSums Rollups)
{
    public bool IsEmpty => Events.Count == 0 && Rollups.Count == 0;
}

/// <summary>
/// Between recording and the database: folds what repeats into one event, and holds what the database has not taken yet, up to a bound.
/// Acceptances fold over ten minutes. A rejection has a row of its own while there are few; under flood rejections fold over a minute,
/// first by user and source, then by the reason alone: what is written in an hour stays bounded, and the counts exact.
/// </summary>
internal sealed class EventBuffer(LoginMask mask, EventDrops drops, TimeProvider time) : IEventFollower
{
    public const int MostUnstored = 50_000;
    public const int MostOpen = 50_000;
    public const int MostRejectionFolds = 2_000;
    public const int SinglesPerSecond = 20;
    public const int SinglesAtOnce = 1_000;
    private const long AcceptedWindow = 10 * TimeSpan.TicksPerMinute;
    private const long RejectedWindow = TimeSpan.TicksPerMinute;
    private static readonly TimeSpan GrowthInterval = TimeSpan.FromSeconds(10);
    private readonly Lock _sync = new();
    private readonly Dictionary<FoldKey, PendingEvent> _open = [];
    private readonly Queue<PendingEvent> _unstored = new();
    private RollupSums _rollups = new();
    private int _rejectionFolds;
    private double _singlesLeft = SinglesAtOnce;
    private long _refilledAt = time.GetTimestamp();

    /// <summary>Events that have no row yet.</summary>
    public int Unstored
    {
        get
        {
            lock (_sync)
                return _unstored.Count;
        }
    }

    public void Follow(in EventFold fold)
    {
        lock (_sync)
        {
            _rollups.Add(fold);
            if (fold.IsAccepted)
                AddTo(KeyOf(fold), fold, AcceptedWindow);
            else if (fold.IsSingle && TakeSingle())
                Enqueue(new PendingEvent(KeyOf(fold), LoginOf(fold), fold, 0), fold.Count);
            else
                AddTo(RejectionKeyOf(fold), fold, RejectedWindow);
        }
    }

    public void FollowLost(RejectionReason reason, long count)
    {
        lock (_sync)
            _rollups.AddLost(EventFold.MinuteOf(time.GetUtcNow().UtcTicks), reason, count);
        drops.Add(DropCause.Crowded, count);
    }

    /// <summary>What is due: events without a row first, then those whose row is behind.</summary>
    /// <param name="limit">How many events at most.</param>
    /// <param name="all">At the end: whatever is behind is due.</param>
    public EventBatch Take(int limit, bool all = false)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_sync)
        {
            List<(PendingEvent, VerificationEvent)> due = [];
            while (due.Count < limit && _unstored.TryDequeue(out PendingEvent? fresh))
                due.Add((fresh, fresh.ToRow()));
            foreach ((FoldKey key, PendingEvent open) in _open)
            {
                bool isOver = now.UtcTicks >= open.Until;
                if (open.Stored > 0 && open.IsChanged && due.Count < limit && (all || isOver || now - open.StoredAt >= GrowthInterval))
                    due.Add((open, open.ToRow()));
                else if (isOver && !(open.Stored > 0 && open.IsChanged))
                    Close(key);
            }
            RollupSums rollups = _rollups;
            _rollups = new RollupSums();
            return new EventBatch(due, rollups);
        }
    }

    public void MarkStored(EventBatch batch)
    {
        lock (_sync)
        {
            foreach ((PendingEvent stored, VerificationEvent row) in batch.Events)
                (stored.Stored, stored.StoredAt) = (row.Count, time.GetUtcNow());
        }
    }

    /// <summary>The database did not take it: it waits for the next time.</summary>
    public void PutBack(EventBatch batch)
    {
        lock (_sync)
        {
            foreach ((PendingEvent pending, VerificationEvent row) in batch.Events.Where(due => due.Event.Stored == 0 || due.Event.IsClosed))
                Enqueue(pending, row.Count - pending.Stored);
            batch.Rollups.Add(_rollups);
            _rollups = batch.Rollups;
        }
    }

    private void AddTo(FoldKey key, in EventFold fold, long window)
    {
        long until = (fold.FirstAt / window + 1) * window;
        if (_open.TryGetValue(key, out PendingEvent? open))
        {
            if (open.Until >= until)
            {
                open.Add(fold);
                return;
            }
            // Its last count is still to be written.
            if (open.Stored > 0 && open.IsChanged)
                _unstored.Enqueue(open);
            Close(key);
        }
        if (_open.Count >= MostOpen)
        {
            drops.Add(DropCause.Crowded, fold.Count);
            return;
        }
        open = new PendingEvent(key, LoginOf(fold, key), fold, until);
        if (!Enqueue(open, fold.Count))
            return;
        _open[key] = open;
        if (!fold.IsAccepted)
            _rejectionFolds++;
    }

    private bool Enqueue(PendingEvent pending, long count)
    {
        if (_unstored.Count >= MostUnstored)
        {
            drops.Add(DropCause.BufferFull, count);
            return false;
        }
        _unstored.Enqueue(pending);
        return true;
    }

    private void Close(FoldKey key)
    {
        if (!_open.Remove(key, out PendingEvent? closed))
            return;
        closed.IsClosed = true;
        if (key.Reason != 0)
            _rejectionFolds--;
    }

    private bool TakeSingle()
    {
        long now = time.GetTimestamp();
        _singlesLeft = Math.Min(SinglesAtOnce, _singlesLeft + time.GetElapsedTime(_refilledAt, now).TotalSeconds * SinglesPerSecond);
        _refilledAt = now;
        if (_singlesLeft < 1)
            return false;
        _singlesLeft--;
        return true;
    }

    private static FoldKey KeyOf(in EventFold fold) => new(
        fold.User?.Id, fold.Device?.Id, null, fold.Caller.ProxyId, fold.Endpoint?.Id, fold.Source?.ToString(), fold.Reason, fold.Scheme, fold.ServedStale);

    // Unknown names are not part of it: a flood makes up as many as it likes. Nor, at last, are users and sources.
    private FoldKey RejectionKeyOf(in EventFold fold)
    {
        FoldKey key = KeyOf(fold);
        return _rejectionFolds < MostRejectionFolds || _open.ContainsKey(key) ? key : key with { User = null, Device = null, Source = null };
    }

    private string LoginOf(in EventFold fold) =>
        fold.User is not { } user ? mask.Mask(fold.TypedLogin ?? "")
        : fold.Device is { } device ? user.UserId + Core.Http.LoginName.DeviceSeparator + device.Name
        : fold.TypedLogin is { } typed ? mask.MaskDevice(user.UserId, typed)
        : user.UserId;

    private string LoginOf(in EventFold fold, in FoldKey key) => fold.IsAccepted || key.User is not null ? LoginOf(fold) : "";
}
