using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Verification;

namespace ProxyPortal.Overview;

/// <summary>Verifications per minute as stacked bars, with the same figures as a table. Drawn here: an hour of bars needs no library.</summary>
public partial class MinuteChart
{
    private const double PlotHeight = 100;
    private const double ThinnestBar = 1.5;
    private bool _showsTable;

    /// <summary>Oldest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<MinuteTally> Minutes { get; set; }

    private long Highest => Minutes.Select(minute => minute.Accepted + minute.Rejected + minute.Temporary).DefaultIfEmpty().Max();

    private long Top => ScaleFor(Highest);

    private string Summary => string.Create(CultureInfo.InvariantCulture,
        $"Verifications per minute over the last hour: {Minutes.Sum(minute => minute.Accepted):N0} accepted, {Minutes.Sum(minute => minute.Rejected):N0} rejected, {Minutes.Sum(minute => minute.Temporary):N0} not checked; at most {Highest:N0} in one minute.");

    /// <summary>The end of the scale: a round number whose half is whole too.</summary>
    public static long ScaleFor(long highest)
    {
        if (highest <= 10)
            return Math.Max(2, highest + highest % 2);
        for (long power = 1; ; power *= 10)
        {
            foreach (long step in (ReadOnlySpan<long>)[12, 16, 20, 30, 40, 60, 80, 100])
            {
                if (step * power >= highest)
                    return step * power;
            }
        }
    }

    // A few among thousands must still be seen.
    private double Size(long count) => count == 0 ? 0 : Math.Max(ThinnestBar, PlotHeight * count / Top);

    private string Height(long count) => Coordinate(Size(count));

    private string Y(long upTo) => Coordinate(Math.Max(0, PlotHeight - Size(upTo)));

    private static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private string Describe(int index, MinuteTally minute)
    {
        int ago = Minutes.Count - 1 - index;
        string when = ago == 0 ? "This minute" : $"{ago} min ago";
        return $"{when}: {Number(minute.Accepted)} accepted, {Number(minute.Rejected)} rejected, {Number(minute.Temporary)} not checked";
    }
}
