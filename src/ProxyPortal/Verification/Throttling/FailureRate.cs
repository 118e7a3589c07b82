using Microsoft.Extensions.Options;

namespace ProxyPortal.Verification.Throttling;

/// <summary>Wrong and throttled attempts of all users together, minute by minute. Above the limit the delays double, and the log says so once.</summary>
internal sealed partial class FailureRate(TimeProvider time, IOptions<VerificationOptions> options, ILogger<FailureRate> log)
{
    private readonly int _most = options.Value.ThrottleAlarmPerMinute;
    private readonly Lock _lock = new();
    private long _minute;
    private int _current;
    private int _before;
    private bool _isHigh;

    /// <summary>Since the start.</summary>
    public long Total { get; private set; }

    /// <summary>Whether this minute or the one before had more than <c>Verification:ThrottleAlarmPerMinute</c>.</summary>
    public bool IsHigh
    {
        get
        {
            lock (_lock)
                return Turn();
        }
    }

    public void Count()
    {
        bool rose;
        lock (_lock)
        {
            bool was = Turn();
            Total++;
            _current++;
            rose = Turn() && !was;
        }
        if (rose)
            LogAttack(_most);
    }

    private bool Turn()
    {
        long minute = time.GetTimestamp() / (60 * time.TimestampFrequency);
        if (minute != _minute)
            (_before, _current, _minute) = (minute == _minute + 1 ? _current : 0, 0, minute);
        bool isHigh = Math.Max(_before, _current) > _most;
        if (_isHigh && !isHigh)
            LogCalm();
        return _isHigh = isHigh;
    }

    [LoggerMessage(2040, LogLevel.Warning, "More than {Most} wrong or throttled attempts within a minute: someone may be guessing passwords. Delays are doubled until it is over.")]
    private partial void LogAttack(int most);

    [LoggerMessage(2041, LogLevel.Information, "The rate of wrong attempts is back to normal.")]
    private partial void LogCalm();
}
