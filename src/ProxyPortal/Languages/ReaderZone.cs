using System.Globalization;

namespace ProxyPortal.Languages;

/// <summary>Where a reader is, for what has no browser that could tell: a mail. Pages without a circuit note the browser's zone in a cookie.</summary>
internal static class ReaderZone
{
    public const string CookieName = "pp-zone";

    /// <summary>The longest name of the IANA database has 32 characters.</summary>
    public const int LongestName = 64;

    /// <summary>The name of the browser's zone; null when it says none, or one that is unknown here.</summary>
    public static string? Of(HttpContext context) => Find(context.Request.Cookies[CookieName])?.Id;

    /// <summary>A point in time as the reader's clock shows it, with the name of the zone.</summary>
    public static string Text(DateTimeOffset at, string? zone)
    {
        TimeZoneInfo found = Find(zone) ?? TimeZoneInfo.Utc;
        return $"{DateText.Of(TimeZoneInfo.ConvertTime(at, found), CultureInfo.CurrentCulture)} {(found == TimeZoneInfo.Utc ? "UTC" : $"({found.Id})")}";
    }

    private static TimeZoneInfo? Find(string? name) =>
        name is { Length: > 0 and <= LongestName } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) && zone.HasIanaId ? zone : null;
}
