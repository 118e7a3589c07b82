using System.Globalization;
using ProxyPortal.Components.Theme;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>An announcement in the words of the administrators' pages.</summary>
internal static class AnnouncementWords
{
    /// <summary>What changes, in one sentence.</summary>
    public static string Sentence(this AnnouncementDetail row) =>
        row.Replacement is { } next ? $"{row.Endpoint} is replaced by {next}"
        : row.EndingSchemes.Count > 0 ? $"{string.Join(", ", row.EndingSchemes)} ends at {row.Endpoint}"
        : $"{row.Endpoint} ends";

    public static (StatusTone Tone, string Text) State(this AnnouncementDetail row, DateTimeOffset now) =>
        row.RetiredAt is not null ? (StatusTone.Off, "Carried out")
        : row.EffectiveAt <= now ? (StatusTone.Wrong, "Due")
        : (StatusTone.Soon, "Ahead");

    /// <summary>"1 person", "1,200 people".</summary>
    public static string People(int count) => count == 1 ? "1 person" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} people");

    /// <summary>What carrying it out does, in whole sentences.</summary>
    public static string Consequence(this AnnouncementDetail row)
    {
        string who = row.Counts.StillUsing switch
        {
            0 => "Nobody has gone the old way for seven days.",
            1 => "1 person still goes the old way and is refused at the next check.",
            var count => string.Create(CultureInfo.InvariantCulture, $"{count:N0} people still go the old way and are refused at the next check."),
        };
        string what = row.EndingSchemes.Count > 0 ? $"{row.Endpoint} offers {string.Join(", ", row.EndingSchemes)} no longer."
            : row.Replacement is { } next ? $"{row.Endpoint} is removed; {next} stands in its place in groups, devices and PAC files. This cannot be undone."
            : $"{row.Endpoint} is removed, from groups, devices and PAC files too. This cannot be undone.";
        return $"{who} {what}";
    }
}
