namespace ProxyPortal.SquidHelper.Portals;

/// <summary>Stops asking a portal that does not answer. Five failures in a row open it; a background probe, never a user who waits,
/// finds out when to close it. It opens for 2 to 10 seconds, longer by and by, at random so that a farm of helpers does not knock
/// in step.</summary>
internal sealed class Circuit(TimeProvider time, Func<Task<bool>> probe)
{
    private const int FailuresToOpen = 5;
    private const double ShortestSeconds = 2;
    private const double LongestSeconds = 10;

    private readonly Lock _gate = new();
    private volatile bool _isOpen;
    private int _failures;
    private int _probes;
    private ITimer? _timer;

    /// <summary>True once when it opens, false once when it closes.</summary>
    public event Action<bool>? Changed;

    public bool IsOpen => _isOpen;

    /// <summary>Any answer of the portal's, a late one included: it lives.</summary>
    public void Succeeded()
    {
        if (!_isOpen && Volatile.Read(ref _failures) == 0)
            return;
        bool changed;
        lock (_gate)
        {
            changed = _isOpen;
            _isOpen = false;
            _failures = _probes = 0;
            _timer?.Dispose();
            _timer = null;
        }

        if (changed)
            Changed?.Invoke(false);
    }

    /// <param name="questions">How many questions got no answer.</param>
    public void Failed(int questions)
    {
        lock (_gate)
        {
            if (_isOpen || (_failures += questions) < FailuresToOpen)
                return;
            _isOpen = true;
            ScheduleProbe();
        }

        Changed?.Invoke(true);
    }

    private void ScheduleProbe()
    {
        double ceiling = Math.Min(LongestSeconds, ShortestSeconds * Math.Pow(2, ++_probes));
        double seconds = ShortestSeconds + Random.Shared.NextDouble() * (ceiling - ShortestSeconds);
        _timer?.Dispose();
        _timer = time.CreateTimer(_ => _ = ProbeAsync(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    private async Task ProbeAsync()
    {
        if (await probe())
        {
            Succeeded();
            return;
        }

        lock (_gate)
        {
            if (_isOpen)
                ScheduleProbe();
        }
    }
}
