namespace ProxyPortal.Verification.Throttling;

/// <summary>The different users at whom a source failed within one window.</summary>
internal sealed class SourceSlot : ISlot
{
    private readonly HashSet<ulong> _users = [];
    private long _windowUntil;

    public ulong Key { get; set; }

    public long LastAt { get; set; }

    public int Weight => _users.Count + (PenaltyUntil > LastAt ? int.MaxValue / 2 : 0);

    public long PenaltyUntil { get; private set; }

    /// <returns>Whether the penalty begins now.</returns>
    public bool Count(ulong user, long now, long window, int most)
    {
        if (now >= _windowUntil)
        {
            _users.Clear();
            _windowUntil = now + window;
        }
        LastAt = now;
        _users.Add(user);
        if (_users.Count <= most)
            return false;
        _users.Clear();
        PenaltyUntil = now + window;
        return true;
    }

    public void Forgive(ulong user) => _users.Remove(user);
}

/// <summary>Where a user proved a password last.</summary>
internal sealed class KnownSourcesSlot : ISlot
{
    private const int Kept = 8;
    private readonly (ulong Source, long At)[] _sources = new (ulong, long)[Kept];

    public ulong Key { get; set; }

    public long LastAt { get; set; }

    public int Weight => 0;

    public bool Holds(ulong source, long since)
    {
        foreach ((ulong known, long at) in _sources)
        {
            if (known == source && at >= since)
                return true;
        }
        return false;
    }

    public void Add(ulong source, long now)
    {
        int at = Array.FindIndex(_sources, one => one.Source == source);
        if (at < 0)
            at = Array.IndexOf(_sources, _sources.MinBy(one => one.At));
        _sources[at] = (source, now);
        LastAt = now;
    }
}
