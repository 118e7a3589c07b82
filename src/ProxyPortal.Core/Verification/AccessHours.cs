using System.Globalization;
using System.Text.RegularExpressions;

namespace ProxyPortal.Core.Verification;

/// <summary>
/// When a proxy may be used, by the clock on the wall: <c>Mon-Fri 07:00-19:00; Sat 08:00-12:00</c> in a time zone. A window whose end is
/// not after its start runs into the next day; <c>24:00</c> is the end of a day.
/// </summary>
public sealed partial class AccessHours
{
    private const int MinutesOfDay = 24 * 60;
    private const int MinutesOfWeek = 7 * MinutesOfDay;
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private readonly TimeZoneInfo _zone;

    // One bit for each minute of the week, from Sunday 00:00: 1.3 KB, shared by all members of a group.
    private readonly bool[] _open = new bool[MinutesOfWeek];

    private AccessHours(TimeZoneInfo zone) => _zone = zone;

    /// <summary>No minute of the week.</summary>
    public static AccessHours Never { get; } = new(TimeZoneInfo.Utc);

    /// <summary>Reads windows and zone, or says which is wrong. <paramref name="zone"/> is an IANA name such as Europe/Berlin.</summary>
    public static Result<AccessHours> Parse(string windows, string zone, string field)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? found))
            return new Error("time_zone_unknown", "A time zone has an IANA name such as Europe/Berlin or UTC.", field + ".timeZone");
        var hours = new AccessHours(found);
        foreach (string window in windows.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!hours.TryOpen(window))
                return new Error("hours_invalid", "Hours are written as Mon-Fri 07:00-19:00; Sat 08:00-12:00, with the days Mon Tue Wed Thu Fri Sat Sun.", field);
        }
        return Array.IndexOf(hours._open, true) < 0
            ? new Error("hours_empty", "Hours that never come would shut everyone out. Name at least one, such as Mon-Fri 07:00-19:00.", field)
            : hours;
    }

    /// <summary>Windows as people of <paramref name="culture"/> write them, with their names of the days.</summary>
    public static string Describe(string windows, CultureInfo culture) =>
        DayName().Replace(windows, day => culture.DateTimeFormat.AbbreviatedDayNames[Array.IndexOf(Days, day.Value)]);

    /// <summary>The end of the minute-wise open stretch that holds <paramref name="at"/> (UTC ticks), at most a day later; <paramref name="at"/> itself when closed.</summary>
    public long OpenUntil(long at)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(new DateTimeOffset(at, TimeSpan.Zero), _zone);
        int minute = (int)local.DayOfWeek * MinutesOfDay + local.Hour * 60 + local.Minute;
        if (!_open[minute])
            return at;
        int length = 1;
        while (length < MinutesOfDay && _open[(minute + length) % MinutesOfWeek])
            length++;
        return at - at % TimeSpan.TicksPerMinute + length * TimeSpan.TicksPerMinute;
    }

    private bool TryOpen(string window)
    {
        if (window.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var days, var times] || times.Split('-') is not [var from, var until])
            return false;
        if (!TryMinute(from, out int start) || !TryMinute(until, out int end) || start == MinutesOfDay || !TryDays(days, out int first, out int last))
            return false;
        int length = end > start ? end - start : MinutesOfDay - start + end;
        for (int day = first; ; day = (day + 1) % 7)
        {
            for (int minute = 0; minute < length; minute++)
                _open[(day * MinutesOfDay + start + minute) % MinutesOfWeek] = true;
            if (day == last)
                return true;
        }
    }

    private static bool TryDays(string text, out int first, out int last)
    {
        string[] ends = text.Split('-');
        first = Array.IndexOf(Days, ends[0]);
        last = Array.IndexOf(Days, ends[^1]);
        return ends.Length <= 2 && first >= 0 && last >= 0;
    }

    [GeneratedRegex(@"\b(Sun|Mon|Tue|Wed|Thu|Fri|Sat)\b")]
    private static partial Regex DayName();

    private static bool TryMinute(string text, out int minute)
    {
        minute = MinutesOfDay;
        if (text == "24:00")
            return true;
        bool read = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time);
        minute = time.Hour * 60 + time.Minute;
        return read;
    }
}
