using System.Globalization;

namespace ProxyPortal.Components.Shared;

/// <summary>Distances in time in words: "3 minutes ago", "in 2 days". Rounded down, so nothing is promised longer than it lasts.</summary>
internal static class RelativeTime
{
    private const int DaysPerMonth = 30;
    private const int DaysPerYear = 365;

    public static string Describe(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = (at - now).Duration();
        if (distance < TimeSpan.FromMinutes(1))
            return at <= now ? "just now" : "in less than a minute";

        var (count, unit) = distance switch
        {
            { TotalHours: < 1 } => ((int)distance.TotalMinutes, "minute"),
            { TotalDays: < 1 } => ((int)distance.TotalHours, "hour"),
            { TotalDays: < 2 * DaysPerMonth } => ((int)distance.TotalDays, "day"),
            { TotalDays: < 2 * DaysPerYear } => ((int)distance.TotalDays / DaysPerMonth, "month"),
            _ => ((int)distance.TotalDays / DaysPerYear, "year"),
        };
        string words = string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
        return at <= now ? $"{words} ago" : $"in {words}";
    }
}
