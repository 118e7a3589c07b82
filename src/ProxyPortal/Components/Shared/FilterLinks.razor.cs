using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Theme;

namespace ProxyPortal.Components.Shared;

/// <summary>One way to narrow a list.</summary>
/// <param name="Text">What remains.</param>
/// <param name="Url">Where the narrowed list is.</param>
/// <param name="Count">How many rows it has; null = not counted yet.</param>
/// <param name="IsCurrent">It is what the page shows.</param>
/// <param name="Hint">One sentence.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Icon">An outlined icon.</param>
public sealed record FilterLink(string Text, string Url, int? Count, bool IsCurrent, string? Hint = null, StatusTone? Tone = null, string? Icon = null);

/// <summary>A row of links that narrow a list, each with how many rows remain.</summary>
public partial class FilterLinks
{
    /// <summary>What they filter by: "Filter by status".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<FilterLink> Links { get; set; }

    private static string? Number(int? count) => count?.ToString("N0", CultureInfo.InvariantCulture);
}
