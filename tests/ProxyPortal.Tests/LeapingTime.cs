using Microsoft.Extensions.Time.Testing;

namespace ProxyPortal.Tests;

/// <summary>A clock whose periodic timers tick once for each leap, however far it goes, as they do for a machine that slept. The plain one
/// ticks as often as the period fits: a day is then 86,400 looks at the database by each thing that looks every second.</summary>
internal sealed class LeapingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    public LeapingTime() : this(System.GetUtcNow())
    {
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LeapingTimer(callback, state);
        timer.Start(base.CreateTimer(timer.Tick, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), dueTime, period);
        return timer;
    }

    /// <summary>Sets itself anew from within its tick: from where the clock then stands.</summary>
    private sealed class LeapingTimer(TimerCallback callback, object? state) : ITimer
    {
        private ITimer _once = null!;
        private TimeSpan _period;

        public void Start(ITimer once, TimeSpan dueTime, TimeSpan period)
        {
            _once = once;
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            return _once.Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public void Tick(object? nothing)
        {
            if (_period > TimeSpan.Zero)
                _once.Change(_period, Timeout.InfiniteTimeSpan);
            callback(state);
        }

        public void Dispose() => _once.Dispose();

        public ValueTask DisposeAsync() => _once.DisposeAsync();
    }
}
