using System.Collections.Concurrent;
using System.Net;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Verification;

/// <summary>A verification that was not accepted, with its true reason.</summary>
public sealed record RecentRejection(DateTimeOffset At, string ProxyName, string Login, IPAddress? ClientAddress, RejectionReason Reason)
{
    /// <summary>Whose account it was; null when the login was nobody's.</summary>
    public Guid? UserId { get; init; }
}

/// <summary>A proxy let somebody in on the last known good while it could not ask.</summary>
public sealed record StaleServing(DateTimeOffset LastAt, string ProxyName, string Login, IPAddress? ClientAddress, int Count);

/// <summary>How many verifications ended how within one minute.</summary>
public readonly record struct MinuteTally(DateTimeOffset Minute, long Accepted, long Rejected, long Temporary);

/// <summary>What is going on right now, in memory and bounded: last call of each proxy, an hour of counts, the latest rejections. Follows the
/// recorded events; a restart finds the hour before it in the stored ones.</summary>
public sealed class VerificationActivity : IEventFollower
{
    private const int Minutes = 60;
    internal const int RejectionsKept = 200;
    private readonly TimeProvider _time;
    private readonly VerificationEvents _events;
    private readonly ConcurrentDictionary<Guid, CallMark> _calls = new();
    private readonly ConcurrentDictionary<Guid, CallMark> _keys = new();
    private readonly Counts[] _minutes = [.. Enumerable.Range(0, Minutes).Select(_ => new Counts())];
    private readonly ConcurrentQueue<RecentRejection> _rejections = new();
    private readonly ConcurrentQueue<StaleServing> _servedStale = new();

    internal VerificationActivity(VerificationEvents events, TimeProvider time)
    {
        (_events, _time) = (events, time);
        events.Follow(this);
    }

    /// <summary>When <paramref name="proxyId"/> last asked, since this process started.</summary>
    public DateTimeOffset? LastCallOf(Guid proxyId)
    {
        _events.Collect();
        return _calls.TryGetValue(proxyId, out CallMark? mark) ? new DateTimeOffset(mark.Ticks, TimeSpan.Zero) : null;
    }

    /// <summary>The last call of every proxy that asked since this process started.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> LastCalls()
    {
        _events.Collect();
        return _calls.ToDictionary(call => call.Key, call => new DateTimeOffset(call.Value.Ticks, TimeSpan.Zero));
    }

    /// <summary>When a caller key was last presented, since this process started.</summary>
    public DateTimeOffset? LastUseOfKey(Guid keyId) => _keys.TryGetValue(keyId, out CallMark? mark) ? new DateTimeOffset(mark.Ticks, TimeSpan.Zero) : null;

    public IReadOnlyDictionary<Guid, DateTimeOffset> LastKeyUses() =>
        _keys.ToDictionary(use => use.Key, use => new DateTimeOffset(use.Value.Ticks, TimeSpan.Zero));

    /// <summary>The latest rejections, newest first.</summary>
    public IReadOnlyList<RecentRejection> Rejections()
    {
        _events.Collect();
        return [.. _rejections.Reverse().OrderByDescending(rejection => rejection.At)];
    }

    /// <summary>The latest acceptances that were served stale, newest first.</summary>
    public IReadOnlyList<StaleServing> ServedStale()
    {
        _events.Collect();
        return [.. _servedStale.Reverse()];
    }

    /// <summary>The last hour, oldest minute first; minutes without a verification are zero.</summary>
    public IReadOnlyList<MinuteTally> LastHour()
    {
        _events.Collect();
        long now = _time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        return [.. Enumerable.Range(0, Minutes).Select(i => now - Minutes + 1 + i).Select(minute => _minutes[minute % Minutes].Read(minute))];
    }

    /// <summary>A caller proved itself by this key: what tells an administrator that the old one may be revoked.</summary>
    internal void RecordKey(Guid keyId)
    {
        long now = _time.GetUtcNow().UtcTicks;
        if (_keys.TryGetValue(keyId, out CallMark? mark))
            mark.Ticks = now;
        else
            _keys.TryAdd(keyId, new CallMark { Ticks = now });
    }

    /// <summary>What was stored before this process started.</summary>
    internal void Remember(IEnumerable<MinuteTally> minutes, IEnumerable<RecentRejection> rejections)
    {
        foreach (MinuteTally tally in minutes)
            Add(tally.Minute.UtcTicks / TimeSpan.TicksPerMinute, tally.Accepted, tally.Rejected, tally.Temporary);
        foreach (RecentRejection rejection in rejections)
            Keep(rejection);
    }

    void IEventFollower.Follow(in EventFold fold)
    {
        // Every session starts without credentials: counted, it would drown what failed.
        if (fold.TrueReason is not RejectionReason.NoCredentials)
            Tally(fold.Minute, fold.TrueReason, fold.Count);
        if (fold.ServedStale)
        {
            KeepStale(fold);
            return;
        }
        _calls.GetOrAdd(fold.Caller.ProxyId, _ => new CallMark()).Raise(fold.LastAt);
        if (!fold.IsAccepted && fold.TrueReason is not RejectionReason.NoCredentials)
            Keep(new RecentRejection(new DateTimeOffset(fold.LastAt, TimeSpan.Zero), fold.Caller.Name, LoginOf(fold), fold.Source, fold.TrueReason) { UserId = fold.User?.Id });
    }

    void IEventFollower.FollowLost(RejectionReason reason, long count) => Tally(_time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute, reason, count);

    // As typed: only in memory, and only as long as a few hundred rejections last.
    private static string LoginOf(in EventFold fold) =>
        fold.TypedLogin ?? (fold.Device is { } device ? $"{fold.User!.UserId}{Core.Http.LoginName.DeviceSeparator}{device.Name}" : fold.User!.UserId);

    private void Tally(long minute, RejectionReason reason, long count)
    {
        if (reason is RejectionReason.None)
            Add(minute, count, 0, 0);
        else if (new VerificationDecision(reason, false).IsTemporary)
            Add(minute, 0, 0, count);
        else
            Add(minute, 0, count, 0);
    }

    private void Add(long minute, long accepted, long rejected, long temporary)
    {
        // A minute that was told of late must not clear one that has come since.
        if (minute > _time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute - Minutes)
            _minutes[minute % Minutes].Add(minute, accepted, rejected, temporary);
    }

    private void KeepStale(in EventFold fold)
    {
        _servedStale.Enqueue(new StaleServing(new DateTimeOffset(fold.LastAt, TimeSpan.Zero), fold.Caller.Name, LoginOf(fold), fold.Source, fold.Count));
        if (_servedStale.Count > RejectionsKept)
            _servedStale.TryDequeue(out _);
    }

    private void Keep(RecentRejection rejection)
    {
        _rejections.Enqueue(rejection);
        if (_rejections.Count > RejectionsKept)
            _rejections.TryDequeue(out _);
    }

    private sealed class CallMark
    {
        private long _ticks;

        public long Ticks
        {
            get => Volatile.Read(ref _ticks);
            set => Volatile.Write(ref _ticks, value);
        }

        public void Raise(long ticks) => Ticks = Math.Max(ticks, Ticks);
    }

    /// <summary>Counts of one minute of the ring; what the slot held an hour ago is cleared by the first of a new minute.</summary>
    private sealed class Counts
    {
        private readonly Lock _sync = new();
        private long _minute;
        private long _accepted;
        private long _rejected;
        private long _temporary;

        public void Add(long minute, long accepted, long rejected, long temporary)
        {
            lock (_sync)
            {
                if (_minute != minute)
                    (_minute, _accepted, _rejected, _temporary) = (minute, 0, 0, 0);
                _accepted += accepted;
                _rejected += rejected;
                _temporary += temporary;
            }
        }

        public MinuteTally Read(long minute)
        {
            var start = new DateTimeOffset(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            lock (_sync)
                return _minute == minute ? new(start, _accepted, _rejected, _temporary) : new(start, 0, 0, 0);
        }
    }
}
