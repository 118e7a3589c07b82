using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Overview;

namespace ProxyPortal.ExpiryPolicies.Impact;

/// <summary>Logins that would be refused, by day: at once, then for each of the next 30 days.</summary>
public partial class ImpactChart
{
    private const double PlotHeight = 100;
    private const double ThinnestBar = 1.5;

    [Parameter, EditorRequired]
    public required IReadOnlyList<int> PerDay { get; set; }

    private long Top => MinuteChart.ScaleFor(PerDay.Max());

    private string Summary => $"Logins refused by day: {string.Join(", ", PerDay.Index().Where(day => day.Item > 0).Select(day => Describe(day.Index, day.Item)))}.";

    // A few among thousands must still be seen.
    private double Size(int count) => Math.Max(ThinnestBar, PlotHeight * count / Top);

    private static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Describe(int day, int count) => $"{(day == 0 ? "at once" : $"day {day}")} {Number(count)}";
}
