using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Components.Shared;

namespace ProxyPortal.Users;

/// <summary>One page of users. The user-id is a link for keyboards and new tabs; a click anywhere on the row does the same.</summary>
public partial class UserTable
{
    private const int GroupsShown = 2;

    [Parameter, EditorRequired]
    public required IReadOnlyList<UserSummary> Users { get; set; }

    [Parameter, EditorRequired]
    public required UserListView View { get; set; }

    [Parameter]
    public bool MayRestore { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter]
    public EventCallback<UserSummary> OnRestore { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool ShowsBin => View.Status is UserStatus.Deleted;

    private static string GroupsOf(UserSummary user) => user.Groups.Count <= GroupsShown
        ? string.Join(", ", user.Groups)
        : $"{string.Join(", ", user.Groups.Take(GroupsShown))} and {user.Groups.Count - GroupsShown} more";

    private void Open(TableRowClickEventArgs<UserSummary> row)
    {
        if (row.Item is { } user)
            Navigation.NavigateTo(PortalUrls.User(user.Id));
    }

    private RenderFragment Head(string label, string field) => builder =>
    {
        bool isSorted = View.IsSortedBy(field);
        builder.OpenComponent<MudTh>(0);
        builder.AddComponentParameter(1, nameof(MudTh.UserAttributes), new Dictionary<string, object?>
        {
            ["aria-sort"] = !isSorted ? "none" : View.Descending ? "descending" : "ascending",
        });
        builder.AddComponentParameter(2, nameof(MudTh.ChildContent), (RenderFragment)(content =>
        {
            content.OpenComponent<SortLink>(0);
            content.AddComponentParameter(1, nameof(SortLink.Label), label);
            content.AddComponentParameter(2, nameof(SortLink.Url), View.SortedBy(field).Url);
            content.AddComponentParameter(3, nameof(SortLink.IsSorted), isSorted);
            content.AddComponentParameter(4, nameof(SortLink.Descending), View.Descending);
            content.CloseComponent();
        }));
        builder.CloseComponent();
    };
}
