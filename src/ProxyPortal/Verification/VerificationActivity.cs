using System.Collections.Concurrent;
using System.Net;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>A verification that was not accepted, with its true reason.</summary>
public sealed record RecentRejection(DateTimeOffset At, string ProxyName, string Login, IPAddress? ClientAddress, RejectionReason Reason);

/// <summary>A proxy let somebody in on the last known good while it could not ask.</summary>
public sealed record StaleServing(DateTimeOffset First, DateTimeOffset Last, string ProxyName, string Login, IPAddress? ClientAddress, int Count);

/// <summary>How many verifications ended how within one minute.</summary>
public readonly record struct MinuteTally(DateTimeOffset Minute, long Accepted, long Rejected, long Temporary);

/// <summary>What is going on right now, in memory and bounded: last call of each proxy, an hour of counts, the latest rejections.</summary>
public sealed class VerificationActivity(TimeProvider time)
{
    private const int Minutes = 60;
    private const int RejectionsKept = 200;
    private readonly ConcurrentDictionary<Guid, CallMark> _calls = new();
    private readonly ConcurrentDictionary<Guid, CallMark> _keys = new();
    private readonly Counts[] _minutes = [.. Enumerable.Range(0, Minutes).Select(_ => new Counts())];
    private readonly ConcurrentQueue<RecentRejection> _rejections = new();
    private readonly ConcurrentQueue<StaleServing> _servedStale = new();

    /// <summary>When <paramref name="proxyId"/> last asked, since this process started.</summary>
    public DateTimeOffset? LastCallOf(Guid proxyId) =>
        _calls.TryGetValue(proxyId, out CallMark? mark) && mark.Ticks > 0 ? new DateTimeOffset(mark.Ticks, TimeSpan.Zero) : null;

    /// <summary>The last call of every proxy that asked since this process started.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> LastCalls() =>
        _calls.ToDictionary(call => call.Key, call => new DateTimeOffset(call.Value.Ticks, TimeSpan.Zero));

    /// <summary>When a caller key was last presented, since this process started.</summary>
    public DateTimeOffset? LastUseOfKey(Guid keyId) => _keys.TryGetValue(keyId, out CallMark? mark) ? new DateTimeOffset(mark.Ticks, TimeSpan.Zero) : null;

    public IReadOnlyDictionary<Guid, DateTimeOffset> LastKeyUses() =>
        _keys.ToDictionary(use => use.Key, use => new DateTimeOffset(use.Value.Ticks, TimeSpan.Zero));

    /// <summary>The latest rejections, newest first.</summary>
    public IReadOnlyList<RecentRejection> Rejections() => [.. _rejections.Reverse()];

    /// <summary>The latest acceptances that were served stale, newest first.</summary>
    public IReadOnlyList<StaleServing> ServedStale() => [.. _servedStale.Reverse()];

    /// <summary>The last hour, oldest minute first; minutes without a verification are zero.</summary>
    public IReadOnlyList<MinuteTally> LastHour()
    {
        long now = time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        return [.. Enumerable.Range(0, Minutes).Select(i => now - Minutes + 1 + i).Select(minute => _minutes[minute % Minutes].Read(minute))];
    }

    /// <summary>A caller proved itself by this key: what tells an administrator that the old one may be revoked.</summary>
    internal void RecordKey(Guid keyId)
    {
        long now = time.GetUtcNow().UtcTicks;
        if (_keys.TryGetValue(keyId, out CallMark? mark))
            mark.Ticks = now;
        else
            _keys.TryAdd(keyId, new CallMark { Ticks = now });
    }

    internal void Record(in Question question, VerificationDecision decision, ReadOnlySpan<char> login)
    {
        long at = question.Request.At;
        if (!_calls.TryGetValue(question.Caller.ProxyId, out CallMark? mark))
            mark = _calls.GetOrAdd(question.Caller.ProxyId, new CallMark());
        mark.Ticks = at;
        // Every session starts without credentials: counted, it would drown what failed.
        if (decision.Reason is RejectionReason.NoCredentials)
            return;
        long minute = at / TimeSpan.TicksPerMinute;
        _minutes[minute % Minutes].Add(minute, decision);
        if (!decision.Accepted)
            Keep(new RecentRejection(new DateTimeOffset(at, TimeSpan.Zero), question.Caller.Name, login.ToString(), question.Request.ClientAddress, decision.Reason));
    }

    internal void RecordServedStale(StaleServing serving)
    {
        _servedStale.Enqueue(serving);
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
    }

    /// <summary>Counts of one minute of the ring; whoever comes first in a new minute clears what the slot held an hour ago.</summary>
    private sealed class Counts
    {
        private long _minute;
        private long _accepted;
        private long _rejected;
        private long _temporary;

        public void Add(long minute, VerificationDecision decision)
        {
            long held = Volatile.Read(ref _minute);
            if (held != minute && Interlocked.CompareExchange(ref _minute, minute, held) == held)
                _accepted = _rejected = _temporary = 0;
            Interlocked.Increment(ref decision.Accepted ? ref _accepted : ref decision.IsTemporary ? ref _temporary : ref _rejected);
        }

        public MinuteTally Read(long minute)
        {
            var start = new DateTimeOffset(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            return Volatile.Read(ref _minute) == minute ? new(start, _accepted, _rejected, _temporary) : new(start, 0, 0, 0);
        }
    }
}
