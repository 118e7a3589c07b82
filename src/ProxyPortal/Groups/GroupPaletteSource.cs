using System.Security.Claims;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Search;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Groups;

/// <summary>Groups in the command palette, by name or description.</summary>
internal sealed class GroupPaletteSource(GroupService groups, CurrentActor current) : IPaletteSource
{
    private const int Most = 6;

    public string Kind => "Groups";

    public int Order => 15;

    public async Task<IReadOnlyList<PaletteEntry>> SearchAsync(string query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        Actor actor = Actor.From(user, current.Address);
        // Asking on behalf of those who may not would fill the audit trail with refusals.
        if (string.IsNullOrWhiteSpace(query) || !actor.May(Permission.ReadGroups))
            return [];
        Result<PageOf<GroupSummary>> found = await groups.ListAsync(actor, new GroupQuery(query.Trim(), PageSize: Most), cancellationToken);
        return !found.Succeeded ? [] : [.. found.Value.Items.Select(item => new PaletteEntry(
            item.Name, Kind, PortalUrls.Group(item.Id), item.Description, Icons.Material.Outlined.Workspaces))];
    }
}
