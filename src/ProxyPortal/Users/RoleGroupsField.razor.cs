using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Users;

/// <summary>The groups to whose members a role is limited.</summary>
public partial class RoleGroupsField
{
    private IReadOnlyDictionary<Guid, string> _groups = new Dictionary<Guid, string>();

    /// <summary>Changed in place, as the other fields of the draft are.</summary>
    [Parameter, EditorRequired]
    public required IList<Guid> Chosen { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Inject]
    public required UserService Users { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync(async actor =>
    {
        Result<IReadOnlyDictionary<Guid, string>> groups = await Users.ListRoleGroupsAsync(actor, Gone);
        if (groups.Succeeded)
            _groups = groups.Value;
        return groups.Error;
    });

    private void Choose(Guid group, bool chosen)
    {
        if (!chosen)
            Chosen.Remove(group);
        else if (!Chosen.Contains(group))
            Chosen.Add(group);
    }
}
