using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Users.Bulk;
using ProxyPortal.Users.Jobs;
using ProxyPortal.Users.Views;

namespace ProxyPortal.Users;

/// <summary>The list of users.</summary>
public partial class UsersPage
{
    private IReadOnlyDictionary<UserStatus, int> _counts = new Dictionary<UserStatus, int>();

    private readonly UserSelection _selection = new();
    private IReadOnlyList<string> _groups = [];
    private UserJob? _job;
    private UserListView? _selectedIn;
    private UserListChoices _choices = UserListChoices.None;

    [Inject]
    public required UserService Users { get; init; }

    [Inject]
    public required UserJobs Jobs { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    [Inject]
    public required BrowserMemory Memory { get; init; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Tag { get; set; }

    [SupplyParameterFromQuery]
    public string? Group { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Descending { get; set; }

    private string ExportUrl => PortalUrls.ExportUsers(View?.Search, View?.Status?.Code(), View?.Tag, View?.Group);

    private FilterLink[] Filters =>
    [
        new("All", (View with { Status = null, Page = 1 }).Url, _counts.Count == 0 ? null : _counts.Where(count => count.Key is not UserStatus.Deleted).Sum(count => count.Value), View.Status is null),
        .. Enum.GetValues<UserStatus>().Select(status =>
        {
            UserStatusWords words = UserStatusWords.Of(status);
            // The chosen one leads back to all.
            return new FilterLink(words.Text, (View with { Status = status == View.Status ? null : status, Page = 1 }).Url, _counts.TryGetValue(status, out int count) ? count : null,
                status == View.Status, words.Meaning, words.Tone, words.Icon);
        }),
    ];

    private string Total => string.Create(CultureInfo.InvariantCulture, $"{(Rows.IsAtLeast ? "More than " : "")}{Rows.Total:N0} {(Rows.Total == 1 ? "user" : "users")}");

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
        { Search: { } text, Status: null, Tag: null, Group: null } => $"Nobody's user-id, name or mail {(text.Trim().Length < UserQueries.ShortestPart ? "begins with" : "contains")} “{text}”. Users in the bin are searched under the filter “In the bin”.",
        _ => "Other users are hidden by the filters.",
    };

    private string? EmptyIcon => View is { Status: UserStatus.Deleted, Search: null } ? Icons.Material.Outlined.DeleteOutline : null;

    protected override UserListView ReadAddress() => UserListView.Read(Search, Status, Sort, Descending, Page, PageSize, Tag, Group);

    protected override async Task<Result<PageOf<UserSummary>>> ReadRowsAsync(Actor actor, UserListView view)
    {
        Result<PageOf<UserSummary>> rows = await Users.ListAsync(actor, view.Query, Gone);
        Result<IReadOnlyDictionary<UserStatus, int>> counts = rows.Succeeded ? await Users.CountSoonAsync(actor, Gone) : rows.Error!;
        if (counts.Error is { } error)
            return error;
        Result<IReadOnlyList<string>> groups = await Users.ListGroupsAsync(actor, Gone);
        if (groups.Error is { } unread)
            return unread;
        _counts = counts.Value;
        _groups = groups.Value;
        // What was ticked among other filters would be changed unseen.
        if (_selectedIn is { } before && before with { Page = view.Page, PageSize = view.PageSize, Sort = view.Sort, Descending = view.Descending } != view)
            _selection.Clear();
        _selectedIn = view;
        return rows;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || (await CurrentActor.GetAsync()).Id is not { } person)
            return;
        _choices = await Memory.ReadAsync(person);
        StateHasChanged();
    }

    private async Task ChooseAsync(UserListChoices choices)
    {
        _choices = choices;
        if (Actor.Id is { } person)
            await Memory.WriteAsync(person, choices);
    }

    private Task RestoreAsync(UserSummary user) => ActAsync(async actor =>
    {
        Result result = await Users.RestoreAsync(actor, user.Id, CancellationToken.None);
        if (result.Succeeded)
            Notifier.Done($"{user.UserId} restored");
        await ReloadAsync();
        return result.Error;
    });

    private void OnGroup(ChangeEventArgs change) => Go(View with { Group = change.Value is string { Length: > 0 } group ? group : null, Page = 1 });

    private void Watch(UserJob job) => _job = job;

    private async Task ChangeSelectedAsync()
    {
        bool isEveryone = _selection.IsEveryone;
        var parameters = new DialogParameters<UserBulkDialog>
        {
            { dialog => dialog.Ids, isEveryone ? null : _selection.Ids },
            { dialog => dialog.Filter, isEveryone ? View.Query : null },
            { dialog => dialog.Count, isEveryone ? Rows.IsAtLeast ? null : Rows.Total : _selection.Count },
            { dialog => dialog.Groups, _groups },
            { dialog => dialog.InBin, View.Status is UserStatus.Deleted },
            { dialog => dialog.Allows, May },
        };
        IDialogReference reference = await Dialogs.ShowAsync<UserBulkDialog>("Change users", parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true });
        if (await reference.Result is not { Canceled: false, Data: Guid job })
            return;
        _selection.Clear();
        _job = Jobs.Find(await CurrentActor.GetAsync(), job);
    }
}
