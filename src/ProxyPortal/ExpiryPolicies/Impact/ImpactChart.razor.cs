using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Shared;

namespace ProxyPortal.ExpiryPolicies.Impact;

/// <summary>Logins that would be refused, by day: at once, then for each of the next 30 days.</summary>
public partial class ImpactChart
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<int> PerDay { get; set; }

    private IReadOnlyList<BarColumn> Columns => [.. PerDay.Select((count, day) => new BarColumn(Describe(day, count), new Bar(day == 0 ? BarTone.Wrong : BarTone.Soon, count)))];

    private string Summary => $"Logins refused by day: {string.Join(", ", PerDay.Index().Where(day => day.Item > 0).Select(day => Describe(day.Index, day.Item)))}.";

    private static string Describe(int day, int count) => string.Create(CultureInfo.InvariantCulture, $"{(day == 0 ? "at once" : $"day {day}")} {count:N0}");
}
