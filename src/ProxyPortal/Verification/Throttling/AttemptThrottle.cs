using Microsoft.Extensions.Options;

namespace ProxyPortal.Verification.Throttling;

/// <summary>A guess that may be compared: taken before the hash is queued, given back with what came of it.</summary>
/// <param name="Place">Where it counts.</param>
/// <param name="Secret">A digest of the secret.</param>
/// <param name="FromUnknownSource">Whether it also counts for the user over all sources.</param>
internal readonly record struct Reservation(AttemptPlace Place, ulong Secret, bool FromUnknownSource);

/// <summary>
/// Slows guessing at passwords, in memory of a fixed size. Counted are different wrong secrets: of a user from one source, of a user from
/// all unknown sources, and the users at whom one source failed. An attempt holds its place before it is compared, so that parallel guesses find
/// the counter raised. Never a lock for everyone: a source at which the user succeeded before goes on, and device secrets never come here.
/// </summary>
internal sealed class AttemptThrottle(TimeProvider time, FailureRate rate, IOptions<VerificationOptions> options)
{
    /// <summary>How much more is allowed where the caller does not tell the client's address, so that all its users share one counter.</summary>
    public const int UnplacedFactor = 30;
    private const int LongestUnplacedDelay = 10;
    private static readonly int[] DelaySeconds = [1, 3, 5, 10, 20, 40, 60];
    private readonly VerificationOptions _options = options.Value;
    private readonly SlotTable<FailureSlot> _pairs = new(options.Value.ThrottleEntries);
    private readonly SlotTable<FailureSlot> _credentials = new(options.Value.ThrottleEntries);
    private readonly SlotTable<SourceSlot> _sources = new(options.Value.ThrottleEntries);
    private readonly SlotTable<KnownSourcesSlot> _known = new(options.Value.ThrottleEntries);
    private long _blockedUntil;

    /// <summary>Whether anyone at all may be throttled now: the one question that a remembered proof pays for.</summary>
    public bool MayBlock => Volatile.Read(ref _blockedUntil) is > 0 and long until && time.GetTimestamp() < until;

    /// <summary>Whether a password from there must not even be looked up.</summary>
    public bool Blocks(in AttemptPlace place)
    {
        long now = time.GetTimestamp();
        return IsWaiting(place, now) || (!IsKnown(place, now) && (IsPenalised(place, now) || IsClosed(place, now)));
    }

    /// <summary>Takes a place for one comparison of <paramref name="secret"/>; false when it must not be made now.</summary>
    public bool TryReserve(in AttemptPlace place, ulong secret, out Reservation reservation)
    {
        long now = time.GetTimestamp();
        bool isKnown = IsKnown(place, now);
        reservation = new(place, secret, !isKnown);
        if (!isKnown && IsPenalised(place, now))
            return false;
        lock (_pairs.LockOf(place.Pair))
        {
            FailureSlot pair = Fresh(_pairs.Obtain(place.Pair, now), now, TimeSpan.FromHours(1));
            if (now < pair.WaitUntil || !HasRoom(pair, secret, Free(place)))
                return false;
            pair.Begin(secret);
        }
        if (isKnown || HoldCredential(place, secret, now))
            return true;
        EndPair(reservation);
        return false;
    }

    /// <summary>Nothing was compared, or what it was compared with is gone: it counts for nothing.</summary>
    public void Refund(in Reservation reservation)
    {
        EndPair(reservation);
        EndCredential(reservation);
    }

    public void Succeed(in Reservation reservation)
    {
        Refund(reservation);
        long now = time.GetTimestamp();
        AttemptPlace place = reservation.Place;
        lock (_pairs.LockOf(place.Pair))
            _pairs.Find(place.Pair)?.Clear();
        lock (_credentials.LockOf(place.Credential))
            _credentials.Find(place.Credential)?.Clear();
        lock (_known.LockOf(place.Name))
            _known.Obtain(place.Name, now).Add(place.Source, now);
    }

    public void Fail(in Reservation reservation)
    {
        long now = time.GetTimestamp();
        AttemptPlace place = reservation.Place;
        bool isNew;
        lock (_pairs.LockOf(place.Pair))
        {
            FailureSlot pair = _pairs.Obtain(place.Pair, now);
            pair.End(reservation.Secret);
            isNew = pair.Count(reservation.Secret);
            pair.LastAt = now;
            if (isNew && pair.Failures >= Free(place))
                Block(pair.WaitUntil = now + Delay(pair.Failures - Free(place), place.IsPlaced));
        }
        EndCredential(reservation);
        if (!isNew)
            return;
        rate.Count();
        if (reservation.FromUnknownSource)
            FailCredential(reservation, now);
        lock (_sources.LockOf(place.Source))
        {
            SourceSlot source = _sources.Obtain(place.Source, now);
            if (source.Count(place.Name, now, SourceWindow, _options.ThrottleUsersPerSource * FactorOf(place)))
                Block(source.PenaltyUntil);
        }
    }

    /// <summary>The secret turned out to be an earlier one of this user: no guess.</summary>
    public void Forgive(in AttemptPlace place, ulong secret)
    {
        lock (_pairs.LockOf(place.Pair))
        {
            if (_pairs.Find(place.Pair) is { } pair && pair.Forgive(secret) && pair.Failures < Free(place))
                pair.WaitUntil = 0;
        }
        lock (_credentials.LockOf(place.Credential))
            _credentials.Find(place.Credential)?.Forgive(secret);
        lock (_sources.LockOf(place.Source))
            _sources.Find(place.Source)?.Forgive(place.Name);
    }

    /// <summary>An attempt was answered without being looked at.</summary>
    public void CountThrottled() => rate.Count();

    /// <summary>Whether the user of this <see cref="AttemptPlace.Credential"/> is closed to all unknown sources.</summary>
    public bool IsClosed(ulong credential) => IsClosed(credential, time.GetTimestamp());

    /// <summary>Different wrong secrets counted for a user from one source.</summary>
    public int FailuresAt(in AttemptPlace place)
    {
        lock (_pairs.LockOf(place.Pair))
            return _pairs.Find(place.Pair)?.Failures ?? 0;
    }

    private long SourceWindow => Ticks(TimeSpan.FromMinutes(_options.ThrottleSourceMinutes));

    // The same secret again, or while it is being compared, takes no further place.
    private static bool HasRoom(FailureSlot slot, ulong secret, int free) => slot.IsUnderWay(secret) || slot.IsKnownWrong(secret)
        || (slot.Failures < free ? slot.Failures + slot.UnderWay < free : slot.UnderWay == 0);

    private bool HoldCredential(in AttemptPlace place, ulong secret, long now)
    {
        lock (_credentials.LockOf(place.Credential))
        {
            FailureSlot slot = Fresh(_credentials.Obtain(place.Credential, now), now, TimeSpan.FromDays(1));
            if (slot.Failures + slot.UnderWay >= _options.ThrottleUserFailures && !slot.IsUnderWay(secret))
                return false;
            slot.Begin(secret);
            return true;
        }
    }

    private void FailCredential(in Reservation reservation, long now)
    {
        lock (_credentials.LockOf(reservation.Place.Credential))
        {
            FailureSlot slot = _credentials.Obtain(reservation.Place.Credential, now);
            slot.LastAt = now;
            if (slot.Count(reservation.Secret) && slot.Failures >= _options.ThrottleUserFailures)
                Block(now + Ticks(TimeSpan.FromDays(1)));
        }
    }

    private void EndPair(in Reservation reservation)
    {
        lock (_pairs.LockOf(reservation.Place.Pair))
            _pairs.Find(reservation.Place.Pair)?.End(reservation.Secret);
    }

    private void EndCredential(in Reservation reservation)
    {
        if (!reservation.FromUnknownSource)
            return;
        lock (_credentials.LockOf(reservation.Place.Credential))
            _credentials.Find(reservation.Place.Credential)?.End(reservation.Secret);
    }

    private bool IsWaiting(in AttemptPlace place, long now)
    {
        lock (_pairs.LockOf(place.Pair))
            return _pairs.Find(place.Pair)?.WaitUntil > now;
    }

    private bool IsKnown(in AttemptPlace place, long now)
    {
        lock (_known.LockOf(place.Name))
            return _known.Find(place.Name)?.Holds(place.Source, now - Ticks(TimeSpan.FromDays(_options.KnownSourceDays))) ?? false;
    }

    private bool IsPenalised(in AttemptPlace place, long now)
    {
        lock (_sources.LockOf(place.Source))
            return _sources.Find(place.Source)?.PenaltyUntil > now;
    }

    private bool IsClosed(in AttemptPlace place, long now) => IsClosed(place.Credential, now);

    private bool IsClosed(ulong credential, long now)
    {
        lock (_credentials.LockOf(credential))
            return _credentials.Find(credential) is { } slot && slot.Failures >= _options.ThrottleUserFailures && now - slot.LastAt < Ticks(TimeSpan.FromDays(1));
    }

    private FailureSlot Fresh(FailureSlot slot, long now, TimeSpan memory)
    {
        if (now - slot.LastAt >= Ticks(memory))
            slot.Clear();
        return slot;
    }

    private static int FactorOf(in AttemptPlace place) => place.IsPlaced ? 1 : UnplacedFactor;

    private int Free(in AttemptPlace place) => _options.ThrottleFreeFailures * FactorOf(place);

    private long Delay(int step, bool isPlaced)
    {
        int seconds = DelaySeconds[Math.Min(step, DelaySeconds.Length - 1)] * (rate.IsHigh ? 2 : 1);
        return Ticks(TimeSpan.FromSeconds(Math.Min(seconds, isPlaced ? _options.ThrottleLongestDelaySeconds : Math.Min(LongestUnplacedDelay, _options.ThrottleLongestDelaySeconds))));
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private void Block(long until)
    {
        long seen;
        while (until > (seen = Volatile.Read(ref _blockedUntil)) && Interlocked.CompareExchange(ref _blockedUntil, until, seen) != seen)
        {
        }
    }
}
