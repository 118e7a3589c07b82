using System.Security.Claims;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Search;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Pac;

/// <summary>Finds PAC profiles by name and purpose, and the list of them, which the navigation does not hold.</summary>
internal sealed class PacPaletteSource(PacProfileService profiles) : IPaletteSource
{
    private const string Page = "PAC files";

    public string Kind => Page;

    public int Order => 25;

    public async Task<IReadOnlyList<PaletteEntry>> SearchAsync(string query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var actor = Actor.From(user, null);
        if (query.Length == 0 || !actor.May(Permission.ReadPublications))
            return [];
        Result<IReadOnlyList<PacProfileDetail>> all = await profiles.ListAsync(actor, cancellationToken);
        PaletteEntry[] page = Page.Contains(query, StringComparison.OrdinalIgnoreCase) ? [new PaletteEntry(Page, Kind, PortalUrls.PacProfiles, Icon: Icons.Material.Outlined.AltRoute)] : [];
        return all.Error is not null ? page :
        [
            .. page,
            .. all.Value.Where(profile => profile.Matches(query)).Select(profile => new PaletteEntry(profile.Name, Kind, PortalUrls.PacProfile(profile.Id), profile.Fields.Purpose, Icons.Material.Outlined.AltRoute)),
        ];
    }
}
