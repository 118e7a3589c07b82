using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Shared;
using ProxyPortal.Verification;

namespace ProxyPortal.Overview;

/// <summary>Verifications per minute as stacked bars, with the same figures as a table.</summary>
public partial class MinuteChart
{
    private bool _showsTable;

    /// <summary>Oldest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<MinuteTally> Minutes { get; set; }

    private long Highest => Minutes.Select(minute => minute.Accepted + minute.Rejected + minute.Temporary).DefaultIfEmpty().Max();

    private IReadOnlyList<BarColumn> Columns =>
    [
        .. Minutes.Select((minute, index) => new BarColumn(Describe(index, minute), new Bar(BarTone.Accent, minute.Accepted), new Bar(BarTone.Wrong, minute.Rejected), new Bar(BarTone.Soon, minute.Temporary))),
    ];

    private string Summary => string.Create(CultureInfo.InvariantCulture,
        $"Verifications per minute over the last hour: {Minutes.Sum(minute => minute.Accepted):N0} accepted, {Minutes.Sum(minute => minute.Rejected):N0} rejected, {Minutes.Sum(minute => minute.Temporary):N0} not checked; at most {Highest:N0} in one minute.");

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private string Describe(int index, MinuteTally minute)
    {
        int ago = Minutes.Count - 1 - index;
        string when = ago == 0 ? "This minute" : $"{ago} min ago";
        return $"{when}: {Number(minute.Accepted)} accepted, {Number(minute.Rejected)} rejected, {Number(minute.Temporary)} not checked";
    }
}
