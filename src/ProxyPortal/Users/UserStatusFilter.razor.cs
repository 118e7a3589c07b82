using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Users;

/// <summary>A link per status with how many users are in it.</summary>
public partial class UserStatusFilter
{
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<UserStatus, int> Counts { get; set; }

    [Parameter, EditorRequired]
    public required UserListView View { get; set; }

    private int Present => Counts.Where(count => count.Key is not UserStatus.Deleted).Sum(count => count.Value);

    // The chosen one leads back to all.
    private string UrlOf(UserStatus? status) => (View with { Status = status == View.Status ? null : status, Page = 1 }).Url;

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
