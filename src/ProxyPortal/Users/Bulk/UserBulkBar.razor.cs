using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Users.Bulk;

/// <summary>How many users are selected, and what to do with them.</summary>
public partial class UserBulkBar
{
    [Parameter, EditorRequired]
    public required UserSelection Selection { get; set; }

    /// <summary>Users that match the page's filters.</summary>
    [Parameter, EditorRequired]
    public int Total { get; set; }

    /// <summary>There are more than <see cref="Total"/>.</summary>
    [Parameter]
    public bool IsAtLeast { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnEveryone { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClear { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChange { get; set; }

    private string Said => Selection.IsEveryone ? IsAtLeast ? "All that match are selected" : $"All {Number(Total)} that match are selected" : $"{Number(Selection.Count)} selected";

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
