namespace ProxyPortal.SquidHelper.Portals;

/// <summary>Ends what takes too long, for all portals: one timer instead of one for each question, and none while nothing is asked.</summary>
internal sealed class Deadlines
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan IdleTick = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly List<ConnectionPool> _pools = [];
    private int _isTicking;

    public Deadlines(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Nothing is asked any more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Before anything is asked.</summary>
    public void Watch(ConnectionPool pool) => _pools.Add(pool);

    /// <summary>Something with a deadline is in a pool now.</summary>
    public void Start()
    {
        if (Volatile.Read(ref _isTicking) == 0 && Interlocked.Exchange(ref _isTicking, 1) == 0)
            _timer.Change(Tick, Tick);
    }

    /// <summary>Every deadline is now.</summary>
    public void EndAll()
    {
        HasEnded = true;
        SweepAt(long.MaxValue);
    }

    private void Sweep()
    {
        if (SweepAt(_time.GetTimestamp()) || Interlocked.Exchange(ref _isTicking, 0) == 0)
            return;
        // Idle connections are closed some time later.
        _timer.Change(IdleTick, IdleTick);
        // Whoever came in between saw the timer ticking and did not start it.
        if (SweepAt(_time.GetTimestamp()))
            Start();
    }

    private bool SweepAt(long now)
    {
        bool isBusy = false;
        foreach (ConnectionPool pool in _pools)
            isBusy |= pool.Sweep(now);
        return isBusy;
    }
}
