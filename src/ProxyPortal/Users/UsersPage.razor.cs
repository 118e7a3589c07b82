using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Audit;
using ProxyPortal.Core;

namespace ProxyPortal.Users;

/// <summary>The list of users: filters, order and page are in the address, the database does the work.</summary>
public partial class UsersPage
{
    private UserListView _view = UserListView.Read(null, null, null, null, null, null);
    private UserListView? _shown;
    private PageOf<UserSummary> _page = new([], 0);
    private IReadOnlyDictionary<UserStatus, int> _counts = new Dictionary<UserStatus, int>();

    [Inject]
    public required UserService Users { get; init; }

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Descending { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [SupplyParameterFromQuery]
    public string? PageSize { get; set; }

    private string Total => string.Create(CultureInfo.InvariantCulture, $"{_page.Total:N0} {(_page.Total == 1 ? "user" : "users")}");

    private string EmptyTitle => _view switch
    {
        { IsFiltered: false } => "Every user is in the bin",
        { Status: UserStatus.Deleted, Search: null } => "The bin is empty",
        _ => "No user matches these filters",
    };

    private string EmptyText => _view switch
    {
        { IsFiltered: false } => "Choose the filter “In the bin” to bring users back.",
        { Status: UserStatus.Deleted, Search: null } => "Deleted users stay here and can be restored.",
        { Search: { } text, Status: null } => $"Nobody's user-id, name or mail contains “{text}”. Users in the bin are searched under the filter “In the bin”.",
        _ => "Other users are hidden by the filters.",
    };

    private string? EmptyIcon => _view is { Status: UserStatus.Deleted, Search: null } ? Icons.Material.Outlined.DeleteOutline : null;

    protected override async Task OnParametersSetAsync()
    {
        _view = UserListView.Read(Search, Status, Sort, Descending, Page, PageSize);
        if (_view != _shown)
            await ReadAsync();
    }

    private Task ReadAsync() => LoadAsync(async actor =>
    {
        UserListView view = _view;
        Result<PageOf<UserSummary>> page = await Users.ListAsync(actor, view.Query, Gone);
        Result<IReadOnlyDictionary<UserStatus, int>> counts = page.Succeeded ? await Users.CountAsync(actor, Gone) : page.Error!;
        if (counts.Error is { } error)
            return error;
        if (view != _view)
            return null;
        (_page, _counts, _shown) = (page.Value, counts.Value, view);
        // Beyond the end: rows went away since the address was made.
        if (_page is { Items.Count: 0, Total: > 0 })
            Navigation.NavigateTo((view with { Page = (_page.Total - 1) / view.PageSize + 1 }).Url, replace: true);
        return null;
    });

    private void OnSearch(string? text) => Navigation.NavigateTo((_view with { Search = text, Page = 1 }).Url, replace: true);

    private Task RestoreAsync(UserSummary user) => ActAsync(async actor =>
    {
        Result result = await Users.RestoreAsync(actor, user.Id, CancellationToken.None);
        if (result.Succeeded)
            Notifier.Done($"{user.UserId} restored");
        await ReadAsync();
        return result.Error;
    });
}
