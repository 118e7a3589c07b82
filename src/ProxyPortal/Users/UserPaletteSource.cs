using System.Security.Claims;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Data;
using ProxyPortal.Components.Search;
using ProxyPortal.Core;

namespace ProxyPortal.Users;

/// <summary>Users in the command palette, by user-id, name or mail.</summary>
internal sealed class UserPaletteSource(UserService users, CurrentActor current) : IPaletteSource
{
    private const int Most = 6;

    public string Kind => "Users";

    public int Order => 10;

    public async Task<IReadOnlyList<PaletteEntry>> SearchAsync(string query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        Actor actor = Actor.From(user, current.Address);
        // Asking on behalf of those who may not would fill the audit trail with refusals.
        if (string.IsNullOrWhiteSpace(query) || !actor.May(Permission.ReadUsers))
            return [];
        Result<PageOf<UserSummary>> found = await users.ListAsync(actor, new UserQuery(query.Trim(), PageSize: Most), cancellationToken);
        return !found.Succeeded ? [] : [.. found.Value.Items.Select(item => new PaletteEntry(
            item.UserId, Kind, PortalUrls.User(item.Id), item.DisplayName == item.UserId ? item.Email : item.DisplayName, Icons.Material.Outlined.Person))];
    }
}
