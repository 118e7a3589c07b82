using System.Numerics;

namespace ProxyPortal.SquidHelper.Memory;

/// <summary>Replies by question, in a bounded number of bytes: when the young generation is full, the old one is emptied and the two
/// change places. What is asked for does not move: it ends by its age, and is asked about again. A generation is three arrays that are
/// filled from the front: what was never used is never resident, and nothing in them is an object of its own. Not thread-safe.</summary>
/// <param name="entries">Entries of one generation.</param>
/// <param name="replyBytes">Bytes of their replies together.</param>
internal sealed class ReplyMap(int entries, int replyBytes)
{
    private Generation _young = new(entries, replyBytes);
    private Generation _old = new(entries, replyBytes);

    /// <summary>Copies the reply and returns its length; -1 when there is none.</summary>
    public int Find(in CacheKey key, Span<byte> reply, out long askedAt, out int lifetime)
    {
        int length = _young.Find(key, reply, out askedAt, out lifetime);
        return length >= 0 ? length : _old.Find(key, reply, out askedAt, out lifetime);
    }

    public void Set(in CacheKey key, ReadOnlySpan<byte> reply, long askedAt, int lifetime)
    {
        _old.Remove(key);
        if (_young.TrySet(key, reply, askedAt, lifetime))
            return;
        _young.Remove(key);
        if (reply.Length > replyBytes)
            return;
        (_old, _young) = (_young, _old);
        _young.Clear();
        _young.TrySet(key, reply, askedAt, lifetime);
    }

    public void Remove(in CacheKey key)
    {
        _young.Remove(key);
        _old.Remove(key);
    }

    private struct Entry
    {
        public CacheKey Key;
        public long AskedAt;
        public int Lifetime;
        public int Start;

        /// <summary>-1 once removed: the place stays taken until the generation ends.</summary>
        public int Length;
    }

    private sealed class Generation(int capacity, int replyBytes)
    {
        // Half full at most. Holds the entry's number and 1; 0 is free.
        private readonly int[] _index = new int[BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];
        private Entry[] _entries = [];
        private byte[] _replies = [];
        private int _count;
        private int _used;

        public int Find(in CacheKey key, Span<byte> reply, out long askedAt, out int lifetime)
        {
            (askedAt, lifetime) = (0, 0);
            int number = _index[SlotOf(key)] - 1;
            if (number < 0)
                return -1;
            ref Entry entry = ref _entries[number];
            (askedAt, lifetime) = (entry.AskedAt, entry.Lifetime);
            if (entry.Length > 0)
                _replies.AsSpan(entry.Start, entry.Length).CopyTo(reply);
            return entry.Length;
        }

        public bool TrySet(in CacheKey key, ReadOnlySpan<byte> reply, long askedAt, int lifetime)
        {
            if (_entries.Length == 0)
            {
                // Fresh from the system, large arrays take no memory where nothing was written yet.
                _entries = GC.AllocateUninitializedArray<Entry>(capacity);
                _replies = GC.AllocateUninitializedArray<byte>(replyBytes);
            }

            ref int slot = ref _index[SlotOf(key)];
            int number = slot - 1;
            bool isNew = number < 0;
            if (isNew && _count == capacity)
                return false;
            int start = isNew || _entries[number].Length < reply.Length ? _used : _entries[number].Start;
            if (start == _used)
            {
                if (replyBytes - _used < reply.Length)
                    return false;
                _used += reply.Length;
            }

            if (isNew)
                slot = number = ++_count;
            number = slot - 1;
            reply.CopyTo(_replies.AsSpan(start));
            _entries[number] = new Entry { Key = key, AskedAt = askedAt, Lifetime = lifetime, Start = start, Length = reply.Length };
            return true;
        }

        public void Remove(in CacheKey key)
        {
            int number = _index[SlotOf(key)] - 1;
            if (number >= 0)
                _entries[number].Length = -1;
        }

        public void Clear()
        {
            Array.Clear(_index);
            _count = _used = 0;
        }

        // The slot of the key, or the free one where it belongs.
        private int SlotOf(in CacheKey key)
        {
            int mask = _index.Length - 1;
            int slot = (int)key.A & mask;
            while (_index[slot] != 0 && _entries[_index[slot] - 1].Key != key)
                slot = (slot + 1) & mask;
            return slot;
        }
    }
}
