using System.Collections.Concurrent;

namespace ProxyPortal.Verification;

/// <summary>Keys with a note each, whose entries end by time, and by age when it is full: two generations, the older dropped whole.</summary>
internal sealed class BoundedMemory(int capacity, TimeSpan lifetime, TimeProvider time)
{
    private readonly long _lifetime = (long)(lifetime.TotalSeconds * time.TimestampFrequency);
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    public int Count => _young.Entries.Count + _old.Entries.Count;

    public bool Contains(in DigestKey key) => TryFind(key, out _);

    // Elapsed time, not the clock: setting it back must not lengthen what is remembered.
    public bool TryFind(in DigestKey key, out long note)
    {
        bool found = _young.Entries.TryGetValue(key, out Entry entry) || _old.Entries.TryGetValue(key, out entry);
        note = entry.Note;
        return found && time.GetTimestamp() < entry.Until;
    }

    public void Add(in DigestKey key, long note = 0)
    {
        if (_lifetime == 0)
            return;
        Generation young = _young;
        young.Entries[key] = new Entry(time.GetTimestamp() + _lifetime, note);
        // One writer alone sees the exact number: two would each drop a generation.
        if (Interlocked.Increment(ref young.Added) == Math.Max(1, capacity / 2))
            (_old, _young) = (young, new());
    }

    private readonly record struct Entry(long Until, long Note);

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<DigestKey, Entry> Entries = new();
        public int Added;
    }
}
