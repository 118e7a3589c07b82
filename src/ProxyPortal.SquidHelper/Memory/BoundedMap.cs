namespace ProxyPortal.SquidHelper.Memory;

/// <summary>A map that forgets: when the young generation is full, the old one goes and the young one takes its place. What is asked
/// for moves back to the young one, so busy entries stay. Never more than <paramref name="capacity"/> entries, no scan, no timer.</summary>
internal sealed class BoundedMap<TValue>(int capacity)
    where TValue : class
{
    private readonly Lock _gate = new();
    private Dictionary<CacheKey, TValue> _young = [];
    private Dictionary<CacheKey, TValue> _old = [];

    public TValue? Find(in CacheKey key)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out TValue? value))
                return value;
            if (_old.Remove(key, out value))
                Add(key, value);
            return value;
        }
    }

    public void Set(in CacheKey key, TValue value)
    {
        lock (_gate)
        {
            _old.Remove(key);
            Add(key, value);
        }
    }

    public void Remove(in CacheKey key)
    {
        lock (_gate)
        {
            _young.Remove(key);
            _old.Remove(key);
        }
    }

    private void Add(in CacheKey key, TValue value)
    {
        if (_young.Count >= capacity / 2 && !_young.ContainsKey(key))
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[key] = value;
    }
}
