using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Users;

/// <summary>The list of users.</summary>
public partial class UsersPage
{
    private IReadOnlyDictionary<UserStatus, int> _counts = new Dictionary<UserStatus, int>();

    [Inject]
    public required UserService Users { get; init; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Descending { get; set; }

    private string Total => string.Create(CultureInfo.InvariantCulture, $"{Rows.Total:N0} {(Rows.Total == 1 ? "user" : "users")}");

    private string EmptyTitle => View switch
    {
        { IsFiltered: false } => "Every user is in the bin",
        { Status: UserStatus.Deleted, Search: null } => "The bin is empty",
        _ => "No user matches these filters",
    };

    private string EmptyText => View switch
    {
        { IsFiltered: false } => "Choose the filter “In the bin” to bring users back.",
        { Status: UserStatus.Deleted, Search: null } => "Deleted users stay here and can be restored.",
        { Search: { } text, Status: null } => $"Nobody's user-id, name or mail contains “{text}”. Users in the bin are searched under the filter “In the bin”.",
        _ => "Other users are hidden by the filters.",
    };

    private string? EmptyIcon => View is { Status: UserStatus.Deleted, Search: null } ? Icons.Material.Outlined.DeleteOutline : null;

    protected override UserListView ReadAddress() => UserListView.Read(Search, Status, Sort, Descending, Page, PageSize);

    protected override async Task<Result<PageOf<UserSummary>>> ReadRowsAsync(Actor actor, UserListView view)
    {
        Result<PageOf<UserSummary>> rows = await Users.ListAsync(actor, view.Query, Gone);
        Result<IReadOnlyDictionary<UserStatus, int>> counts = rows.Succeeded ? await Users.CountAsync(actor, Gone) : rows.Error!;
        if (counts.Error is { } error)
            return error;
        _counts = counts.Value;
        return rows;
    }

    private Task RestoreAsync(UserSummary user) => ActAsync(async actor =>
    {
        Result result = await Users.RestoreAsync(actor, user.Id, CancellationToken.None);
        if (result.Succeeded)
            Notifier.Done($"{user.UserId} restored");
        await ReloadAsync();
        return result.Error;
    });
}
