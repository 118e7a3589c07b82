namespace ProxyPortal.Core.Verification;

/// <summary>
/// Days on which nothing ends: weekends, and the holidays of an organisation. Days are those of UTC, as everywhere in a policy: every
/// node, whatever its clock is set to and whatever zones its system knows, lets the same secret end at the same instant.
/// </summary>
public sealed class DaysOff
{
    // The first day of the calendar was a Monday.
    private const int Saturday = 5;
    private readonly int[] _holidays;

    public DaysOff(IEnumerable<DateOnly> holidays) => _holidays = [.. holidays.Select(day => day.DayNumber).Distinct().Order()];

    /// <summary>The same time of the day on the next day that is none of these; <paramref name="at"/> itself (UTC ticks) where it lies on a working day.</summary>
    public long NextWorkingTime(long at)
    {
        while (IsOff((int)(at / TimeSpan.TicksPerDay)))
            at += TimeSpan.TicksPerDay;
        return at;
    }

    private bool IsOff(int day) => day % 7 >= Saturday || Array.BinarySearch(_holidays, day) >= 0;
}
