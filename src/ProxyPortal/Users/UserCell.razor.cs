using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Users;

/// <summary>What one column says of a user.</summary>
public partial class UserCell
{
    private const int MostNamed = 2;

    [Parameter, EditorRequired]
    public required UserSummary User { get; set; }

    /// <summary>One of <see cref="Views.UserColumns"/>.</summary>
    [Parameter, EditorRequired]
    public required string Column { get; set; }

    private static string Some(IReadOnlyList<string> names) => names.Count <= MostNamed
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(MostNamed))} and {names.Count - MostNamed} more";
}
