using System.Globalization;

namespace ProxyPortal.Languages;

/// <summary>A day and its time as the reader's country writes them, the month by its name: 3/11 is two different days on the two sides of the Atlantic.</summary>
public static class DateText
{
    public static string Of(DateTimeOffset local, CultureInfo culture, bool withSeconds = false) =>
        string.Create(culture, $"{Day(local, culture)}, {local.ToString(Clock(culture, withSeconds), culture)}");

    /// <summary>"3 Nov 2026", "Nov 3, 2026", "3. Nov. 2026".</summary>
    public static string Day(DateTimeOffset local, CultureInfo culture) => local.ToString(
        culture.TwoLetterISOLanguageName == "de" ? "d. MMM yyyy" : StartsWithMonth(culture) ? "MMM d, yyyy" : "d MMM yyyy", culture);

    private static bool StartsWithMonth(CultureInfo culture) => culture.Name.Length > 0 && culture.DateTimeFormat.MonthDayPattern.StartsWith('M');

    private static string Clock(CultureInfo culture, bool withSeconds) => culture.DateTimeFormat.ShortTimePattern.Contains('t', StringComparison.Ordinal)
        ? withSeconds ? "h:mm:ss tt" : "h:mm tt"
        : withSeconds ? "HH:mm:ss" : "HH:mm";
}
