namespace ProxyPortal.Mail;

/// <summary>Whether the mail server is there, as far as this node knows. While it is not, it is asked again after longer and longer pauses, of half a minute at most:
/// mails leave within a minute once it is back.</summary>
internal sealed class MailHealth
{
    public const int FaultLength = 300;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private TimeSpan _pause;
    private DateTimeOffset _until;

    /// <summary>What went wrong; null while all is well.</summary>
    public string? Fault { get; private set; }

    public DateTimeOffset? FailsSince { get; private set; }

    public bool IsPaused(DateTimeOffset now)
    {
        lock (_lock)
            return now < _until;
    }

    public void Works()
    {
        lock (_lock)
            (Fault, FailsSince, _pause, _until) = (null, null, TimeSpan.Zero, DateTimeOffset.MinValue);
    }

    public void Fails(string fault, DateTimeOffset now)
    {
        lock (_lock)
        {
            _pause = _pause == TimeSpan.Zero ? TimeSpan.FromSeconds(1) : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, _pause.Ticks * 2));
            (Fault, FailsSince, _until) = (Clip(fault), FailsSince ?? now, now + _pause);
        }
    }

    /// <summary>Asks again at once: somebody changed something.</summary>
    public void TryNow()
    {
        lock (_lock)
            (_pause, _until) = (TimeSpan.Zero, DateTimeOffset.MinValue);
    }

    public static string Clip(string text)
    {
        string line = new([.. text.Where(character => !char.IsControl(character))]);
        return line.Length <= FaultLength ? line : line[..FaultLength];
    }
}
