namespace ProxyPortal.Verification;

/// <summary>Whose turn it is: everyone behind one source address, at one caller.</summary>
internal readonly record struct Lane(Guid Caller, ulong Source);

/// <summary>
/// A bounded queue that takes turns: over callers, and within each over its sources. When it is full, whoever has most in it gives way
/// to someone who has less, so that a flood from one address delays and sheds itself.
/// </summary>
internal sealed class FairQueue<T>(int capacity) where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Caller> _callers = [];
    private readonly Queue<Caller> _turns = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <returns>Who had to give way: someone else's latest, <paramref name="item"/> itself, or null when there was room.</returns>
    public T? Enter(in Lane lane, T item)
    {
        lock (_lock)
        {
            T? gone = null;
            if (_count >= capacity)
            {
                gone = MakeRoom(lane);
                if (gone is null)
                    return item;
            }
            if (!_callers.TryGetValue(lane.Caller, out Caller? caller))
                _callers[lane.Caller] = caller = new Caller(lane.Caller);
            if (caller.Count == 0)
                _turns.Enqueue(caller);
            caller.Add(lane.Source, item);
            _count++;
            return gone;
        }
    }

    /// <summary>The next in turn, or null when nobody waits.</summary>
    public T? Take()
    {
        lock (_lock)
        {
            if (!_turns.TryDequeue(out Caller? caller))
                return null;
            T item = caller.Take();
            _count--;
            if (caller.Count > 0)
                _turns.Enqueue(caller);
            else
                _callers.Remove(caller.Id);
            return item;
        }
    }

    // More than one apart: two equals must not go on throwing each other out.
    private T? MakeRoom(in Lane lane)
    {
        Caller largest = _callers.Values.MaxBy(caller => caller.Count)!;
        _callers.TryGetValue(lane.Caller, out Caller? own);
        T? gone = largest.Count > (own?.Count ?? 0) + 1 ? largest.DropLatest(0) : own?.DropLatest(own.CountOf(lane.Source) + 1);
        if (gone is not null)
            _count--;
        return gone;
    }

    private sealed class Caller(Guid id)
    {
        private readonly Dictionary<ulong, LinkedList<T>> _sources = [];
        private readonly Queue<ulong> _turns = new();

        public Guid Id => id;

        public int Count { get; private set; }

        public int CountOf(ulong source) => _sources.TryGetValue(source, out LinkedList<T>? waiting) ? waiting.Count : 0;

        public void Add(ulong source, T item)
        {
            if (!_sources.TryGetValue(source, out LinkedList<T>? waiting))
            {
                _sources[source] = waiting = new LinkedList<T>();
                _turns.Enqueue(source);
            }
            waiting.AddLast(item);
            Count++;
        }

        public T Take()
        {
            ulong source = _turns.Dequeue();
            LinkedList<T> waiting = _sources[source];
            T item = waiting.First!.Value;
            waiting.RemoveFirst();
            Count--;
            if (waiting.Count > 0)
                _turns.Enqueue(source);
            else
                _sources.Remove(source);
            return item;
        }

        /// <summary>Drops the latest of the source that has most, if it has more than <paramref name="least"/>; one always stays.</summary>
        public T? DropLatest(int least)
        {
            LinkedList<T> largest = _sources.Values.MaxBy(waiting => waiting.Count)!;
            if (largest.Count <= Math.Max(1, least))
                return null;
            T item = largest.Last!.Value;
            largest.RemoveLast();
            Count--;
            return item;
        }
    }
}
