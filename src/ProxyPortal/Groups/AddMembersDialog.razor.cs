using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Groups;

/// <summary>Finds users and adds them to a group, one by one; stays open until one is done.</summary>
public partial class AddMembersDialog
{
    private const int Most = 20;
    private PageOf<GroupMember> _rows = new([], 0);
    private string? _search;
    private int _added;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public Guid GroupId { get; set; }

    [Parameter, EditorRequired]
    public required string GroupName { get; set; }

    [Inject]
    public required GroupMemberService Members { get; init; }

    private string Found
    {
        get
        {
            string added = _added == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{_added} added. ");
            return added + string.Create(CultureInfo.InvariantCulture, $"{(_rows.Total > Most ? $"The first {Most} of {_rows.Total:N0} users" : $"{_rows.Total} {(_rows.Total == 1 ? "user" : "users")}")} outside of the group.");
        }
    }

    protected override Task OnInitializedAsync() => LookAsync(null);

    private Task LookAsync(string? text)
    {
        _search = text;
        return LoadAsync(async actor =>
        {
            Result<PageOf<GroupMember>> found = await Members.CandidatesAsync(actor, GroupId, text, Most, Gone);
            // Another letter was typed meanwhile: its answer is the one that counts.
            if (found.Succeeded && _search == text)
                _rows = found.Value;
            return found.Error;
        });
    }

    private Task AddAsync(GroupMember user) => ActAsync(async actor =>
    {
        Result<int> added = await Members.AddAsync(actor, GroupId, [user.Id], CancellationToken.None);
        if (added.Error is { } fault)
            return fault;
        _added += added.Value;
        await LookAsync(_search);
        return null;
    });
}
