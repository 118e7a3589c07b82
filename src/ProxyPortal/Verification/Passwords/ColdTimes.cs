using System.Collections.Concurrent;

namespace ProxyPortal.Verification.Passwords;

/// <summary>How long the latest compared passwords took, by kind of hash: an answer that is given without a comparison takes one of these
/// times, by a timer and not by work.</summary>
internal sealed class ColdTimes(TimeProvider time)
{
    private const int Kept = 64;
    private const int MostKinds = 128;
    private readonly ConcurrentDictionary<string, Ring> _rings = new(StringComparer.Ordinal);

    public void Record(string kind, long startedAt)
    {
        if (_rings.TryGetValue(kind, out Ring? ring) || (_rings.Count < MostKinds && (ring = _rings.GetOrAdd(kind, new Ring())) is not null))
            ring.Add(time.GetElapsedTime(startedAt).Ticks);
    }

    /// <summary>A time that a comparison of this kind took lately; of any kind when there was none.</summary>
    public TimeSpan Draw(string kind)
    {
        if (!_rings.TryGetValue(kind, out Ring? ring))
            ring = _rings.Values.FirstOrDefault();
        return ring?.Draw() ?? TimeSpan.Zero;
    }

    private sealed class Ring
    {
        private readonly long[] _ticks = new long[Kept];
        private int _added;

        public void Add(long ticks) => Volatile.Write(ref _ticks[(uint)(Interlocked.Increment(ref _added) - 1) % Kept], ticks);

        public TimeSpan Draw() => TimeSpan.FromTicks(Volatile.Read(ref _ticks[Random.Shared.Next((int)Math.Clamp((uint)Volatile.Read(ref _added), 1, Kept))]));
    }
}
