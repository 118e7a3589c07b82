using Microsoft.Extensions.Localization;

namespace ProxyPortal.Components.Shared;

/// <summary>Distances in time in words: "3 minutes ago", "in 2 days". Rounded down, so nothing is promised longer than it lasts.</summary>
internal static class RelativeTime
{
    private const int DaysPerMonth = 30;
    private const int DaysPerYear = 365;

    public static string Describe(DateTimeOffset at, DateTimeOffset now, IStringLocalizer<SharedTexts> words)
    {
        var distance = (at - now).Duration();
        bool past = at <= now;
        if (distance < TimeSpan.FromMinutes(1))
            return past ? words["just now"] : words["in less than a minute"];
        (int count, string one, string many) = distance switch
        {
            { TotalHours: < 1 } => ((int)distance.TotalMinutes, past ? "1 minute ago" : "in 1 minute", past ? "{0} minutes ago" : "in {0} minutes"),
            { TotalDays: < 1 } => ((int)distance.TotalHours, past ? "1 hour ago" : "in 1 hour", past ? "{0} hours ago" : "in {0} hours"),
            { TotalDays: < 2 * DaysPerMonth } => ((int)distance.TotalDays, past ? "1 day ago" : "in 1 day", past ? "{0} days ago" : "in {0} days"),
            { TotalDays: < 2 * DaysPerYear } => ((int)distance.TotalDays / DaysPerMonth, "", past ? "{0} months ago" : "in {0} months"),
            _ => ((int)distance.TotalDays / DaysPerYear, "", past ? "{0} years ago" : "in {0} years"),
        };
        return count == 1 ? words[one] : words[many, count];
    }
}
