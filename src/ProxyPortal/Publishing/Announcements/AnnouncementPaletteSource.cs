using System.Security.Claims;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Search;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>Finds announcements by the endpoints that they name, and the list of them, which the navigation does not hold.</summary>
internal sealed class AnnouncementPaletteSource(AnnouncementService announcements) : IPaletteSource
{
    private const string Page = "Announcements";

    public string Kind => Page;

    public int Order => 26;

    public async Task<IReadOnlyList<PaletteEntry>> SearchAsync(string query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var actor = Actor.From(user, null);
        if (query.Length == 0 || !actor.May(Permission.ReadPublications))
            return [];
        Result<IReadOnlyList<AnnouncementDetail>> all = await announcements.ListAsync(actor, cancellationToken);
        PaletteEntry[] page = Page.Contains(query, StringComparison.OrdinalIgnoreCase) ? [new PaletteEntry(Page, Kind, PortalUrls.Announcements, Icon: Icons.Material.Outlined.Campaign)] : [];
        return all.Error is not null ? page :
        [
            .. page,
            .. all.Value.Where(row => row.Sentence().Contains(query, StringComparison.OrdinalIgnoreCase))
                .Select(row => new PaletteEntry(row.Sentence(), Kind, PortalUrls.Announcement(row.Id), row.Comment, Icons.Material.Outlined.Campaign)),
        ];
    }
}
