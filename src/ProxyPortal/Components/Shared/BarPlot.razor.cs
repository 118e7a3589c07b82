using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>Columns of stacked bars over time. Drawn here: some dozen bars need no library.</summary>
public partial class BarPlot
{
    private const double PlotHeight = 100;
    private const double ThinnestBar = 1.5;

    /// <summary>Oldest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<BarColumn> Columns { get; set; }

    /// <summary>What the plot says, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Summary { get; set; }

    /// <summary>What stands below it, evenly spread.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Marks { get; set; }

    [Parameter]
    public bool IsLow { get; set; }

    private int Width => Columns.Count * 10;

    private long Top => ScaleFor(Columns.Select(column => column.Total).DefaultIfEmpty().Max());

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
    private double Size(long count) => count == 0 ? 0 : Math.Clamp(PlotHeight * count / Top, ThinnestBar, PlotHeight);

    private static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

public enum BarTone
{
    Accent,
    Wrong,
    Soon,
}

/// <summary>One part of a column.</summary>
public readonly record struct Bar(BarTone Tone, long Count);

/// <summary>What happened at one time, from the bottom up.</summary>
/// <param name="Description">Shown on hover.</param>
/// <param name="Bars">Its parts.</param>
public sealed record BarColumn(string Description, params IReadOnlyList<Bar> Bars)
{
    public long Total => Bars.Sum(bar => bar.Count);

    /// <summary>Each part with the sum of it and all below.</summary>
    internal IEnumerable<(Bar Bar, long UpTo)> Stacked()
    {
        long sum = 0;
        return Bars.Select(bar => (bar, sum += bar.Count)).ToList();
    }
}
