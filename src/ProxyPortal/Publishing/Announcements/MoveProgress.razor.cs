using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>How many of those whom a change concerns have left the old way.</summary>
public partial class MoveProgress
{
    [Parameter, EditorRequired]
    public required AnnouncementCounts Counts { get; set; }

    private int Moved => Math.Max(0, Counts.Told - Counts.StillUsing);

    private string Share => (100.0 * Moved / Counts.Told).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Say(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
