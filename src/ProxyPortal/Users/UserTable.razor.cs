using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Components.Shared;
using ProxyPortal.Users.Bulk;
using ProxyPortal.Users.Views;

namespace ProxyPortal.Users;

/// <summary>One page of users. The user-id is a link for keyboards and new tabs; a click anywhere on the row does the same.</summary>
public partial class UserTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<UserSummary> Users { get; set; }

    [Parameter, EditorRequired]
    public required UserListView View { get; set; }

    /// <summary>Which columns there are.</summary>
    [Parameter, EditorRequired]
    public required UserListChoices Choices { get; set; }

    [Parameter]
    public bool MayRestore { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter]
    public EventCallback<UserSummary> OnRestore { get; set; }

    /// <summary>What is ticked; null = nothing can be.</summary>
    [Parameter]
    public UserSelection? Selection { get; set; }

    [Parameter]
    public EventCallback OnSelected { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool ShowsBin => View.Status is UserStatus.Deleted;

    private IEnumerable<(string Code, string Words)> Columns => UserColumns.All.Where(column => Choices.Shows(column.Code));

    private static string? SortOf(string column) => column == UserColumns.Name ? "displayName" : UserQuery.SortFields.Contains(column) ? column : null;

    // On a phone each cell is a line, and an empty one says nothing.
    private static bool IsEmpty(UserSummary user, string column) => column switch
    {
        UserColumns.Email => user.Email is null,
        UserColumns.Groups => user.Groups.Count == 0,
        UserColumns.Tags => user.Tags.Count == 0,
        _ => false,
    };

    private Task SelectAsync(IEnumerable<UserSummary> users, ChangeEventArgs change)
    {
        Selection!.Set(users, change.Value is true);
        return OnSelected.InvokeAsync();
    }

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
