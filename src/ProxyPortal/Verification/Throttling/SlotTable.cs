namespace ProxyPortal.Verification.Throttling;

/// <summary>An entry of a <see cref="SlotTable{T}"/>.</summary>
internal interface ISlot
{
    /// <summary>Where it stands; 0 = nowhere yet.</summary>
    ulong Key { get; set; }

    long LastAt { get; set; }

    /// <summary>What would be lost with it: the lightest gives way first.</summary>
    int Weight { get; }
}

/// <summary>
/// Counters under keyed digests, of a fixed size: a row of eight slots for each key, of which the least worth keeping gives way.
/// Nobody who does not know the digests' key can aim at a row, so that a flood of names frees no guesser of what was counted.
/// </summary>
internal sealed class SlotTable<T> where T : class, ISlot, new()
{
    private const int Ways = 8;
    private const int Stripes = 64;
    private readonly T?[] _slots;
    private readonly ulong _rowMask;
    private readonly Lock[] _locks = [.. Enumerable.Range(0, Stripes).Select(_ => new Lock())];

    public SlotTable(int capacity)
    {
        ulong rows = System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, capacity / Ways));
        _rowMask = rows - 1;
        _slots = new T?[rows * Ways];
    }

    /// <summary>To be held around everything that is done with the slot of <paramref name="key"/>.</summary>
    public Lock LockOf(ulong key) => _locks[key & _rowMask & (Stripes - 1)];

    public T? Find(ulong key)
    {
        foreach (T? slot in RowOf(key))
        {
            if (slot?.Key == key)
                return slot;
        }
        return null;
    }

    /// <summary>The slot of <paramref name="key"/>, a new one if there is none.</summary>
    public T Obtain(ulong key, long now)
    {
        if (Find(key) is { } present)
            return present;
        Span<T?> row = RowOf(key);
        int lightest = 0;
        for (int i = 0; i < row.Length && row[lightest] is not null; i++)
        {
            if (row[i] is not { } slot || (slot.Weight, slot.LastAt).CompareTo((row[lightest]!.Weight, row[lightest]!.LastAt)) < 0)
                lightest = i;
        }
        return row[lightest] = new T { Key = key, LastAt = now };
    }

    private Span<T?> RowOf(ulong key) => _slots.AsSpan((int)(key & _rowMask) * Ways, Ways);
}
