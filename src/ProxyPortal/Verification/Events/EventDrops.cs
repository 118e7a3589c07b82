namespace ProxyPortal.Verification.Events;

/// <summary>Why an event has no row of its own, nor a part in one.</summary>
public enum DropCause
{
    /// <summary>More at once than the tables of the verify path hold.</summary>
    Crowded = 0,

    /// <summary>The database did not take them for so long that the buffer was full.</summary>
    BufferFull = 1,
}

/// <summary>Counts the events that were given up. Their reasons are counted all the same.</summary>
public sealed class EventDrops(TimeProvider time)
{
    private readonly long[] _counts = new long[Enum.GetValues<DropCause>().Length];
    private long _last;

    /// <summary>Since when is counted.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>When the last one was dropped; null = never.</summary>
    public DateTimeOffset? LastAt => Volatile.Read(ref _last) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public long Total => Of(DropCause.Crowded) + Of(DropCause.BufferFull);

    public long Of(DropCause cause) => Interlocked.Read(ref _counts[(int)cause]);

    internal void Add(DropCause cause, long count)
    {
        Interlocked.Add(ref _counts[(int)cause], count);
        Volatile.Write(ref _last, time.GetUtcNow().UtcTicks);
    }
}
