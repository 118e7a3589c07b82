using System.Globalization;
using System.Text;

namespace ProxyPortal.Notices;

/// <summary>An iCalendar file (RFC 5545) with one end in it. The same end keeps its UID, so that a later file moves the entry instead of adding another.</summary>
internal static class ExpiryCalendarFile
{
    public const int DaysOfAlarm = 3;
    private const int LineLength = 75;

    public static string Of(string uid, string subject, DateTimeOffset at, string url)
    {
        var text = new StringBuilder();
        foreach (string line in (string[])
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ProxyPortal//Expiry//EN", "METHOD:PUBLISH", "BEGIN:VEVENT", $"UID:{Escape(uid)}@proxyportal",
            $"DTSTAMP:{Utc(at)}", $"DTSTART:{Utc(at)}", $"SUMMARY:{Escape(subject)}", $"URL:{url}", "TRANSP:TRANSPARENT",
            "BEGIN:VALARM", "ACTION:DISPLAY", $"DESCRIPTION:{Escape(subject)}", string.Create(CultureInfo.InvariantCulture, $"TRIGGER:-P{DaysOfAlarm}D"), "END:VALARM", "END:VEVENT", "END:VCALENDAR",
        ])
            text.Append(Fold(line)).Append("\r\n");
        return text.ToString();
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => new StringBuilder(text).Replace("\\", "\\\\").Replace(";", "\\;").Replace(",", "\\,").Replace("\r", "").Replace("\n", "\\n").ToString();

    // In octets, never within a character.
    private static string Fold(string line)
    {
        var folded = new StringBuilder();
        int octets = 0;
        foreach (Rune rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineLength)
            {
                folded.Append("\r\n ");
                octets = 1;
            }
            folded.Append(rune);
            octets += rune.Utf8SequenceLength;
        }
        return folded.ToString();
    }
}
