using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Groups;

/// <summary>A page of a group's members; the group's page has which one in its address.</summary>
public partial class GroupMembersPanel
{
    private PageOf<GroupMember> _rows = new([], 0);
    private (Guid, string?, int, int)? _shown;

    [Parameter, EditorRequired]
    public Guid GroupId { get; set; }

    [Parameter, EditorRequired]
    public required string GroupName { get; set; }

    [Parameter]
    public string? Search { get; set; }

    [Parameter, EditorRequired]
    public int Page { get; set; }

    [Parameter, EditorRequired]
    public int PageSize { get; set; }

    [Parameter]
    public bool MayEdit { get; set; }

    /// <summary>Members came or went.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required GroupMemberService Members { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    private string Total => string.Create(CultureInfo.InvariantCulture, $"{_rows.Total:N0} {(_rows.Total == 1 ? "member" : "members")}");

    protected override Task OnParametersSetAsync() => _shown == (GroupId, Search, Page, PageSize) ? Task.CompletedTask : ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        (Guid, string?, int, int) asked = (GroupId, Search, Page, PageSize);
        Result<PageOf<GroupMember>> found = await Members.ListAsync(actor, GroupId, Search, Page - 1, PageSize, Gone);
        if (found.Error is { } error)
            return error;
        (_rows, _shown) = (found.Value, asked);
        // Beyond the end: members left since the address was made.
        if (_rows is { Items.Count: 0, Total: > 0 })
            Navigation.NavigateTo(UrlAt((_rows.Total - 1) / PageSize + 1, PageSize), replace: true);
        return null;
    });

    private void OnSearch(string? text) => Navigation.NavigateTo(PortalUrls.GroupMembers(GroupId, text, pageSize: SizeInUrl(PageSize)), replace: true);

    private string UrlAt(int page, int pageSize) => PortalUrls.GroupMembers(GroupId, Search, page, SizeInUrl(pageSize));

    private static int? SizeInUrl(int pageSize) => pageSize == ListAddress.DefaultSize ? null : pageSize;

    private async Task AddAsync()
    {
        var parameters = new DialogParameters<AddMembersDialog> { { dialog => dialog.GroupId, GroupId }, { dialog => dialog.GroupName, GroupName } };
        IDialogReference dialog = await Dialogs.ShowAsync<AddMembersDialog>($"Add members to {GroupName}", parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true });
        await dialog.Result;
        await ReloadAsync();
        await OnChanged.InvokeAsync();
    }

    private Task RemoveAsync(GroupMember member) => ActAsync(async actor =>
    {
        Result<int> removed = await Members.RemoveAsync(actor, GroupId, member.Id, CancellationToken.None);
        if (removed.Error is { } fault)
            return fault;
        Notifier.Done($"{member.UserId} is no longer in {GroupName}", () => InvokeAsync(() => PutBackAsync(member)));
        await ReloadAsync();
        await OnChanged.InvokeAsync();
        return null;
    });

    private Task PutBackAsync(GroupMember member) => ActAsync(async actor =>
    {
        Result<int> added = await Members.AddAsync(actor, GroupId, [member.Id], CancellationToken.None);
        if (added.Error is { } fault)
            return fault;
        Notifier.Done($"{member.UserId} is in {GroupName} again");
        await ReloadAsync();
        await OnChanged.InvokeAsync();
        return null;
    });
}
