using System.Security.Claims;
using Microsoft.Extensions.Localization;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Search;

namespace ProxyPortal.Publishing.Guides;

/// <summary>Guides in the command palette, by their words: for everyone who is signed in.</summary>
internal sealed class GuidePaletteSource(GuideReadingService guides, CurrentActor current, IStringLocalizer<ConnectTexts> words) : IPaletteSource
{
    private const int Most = 6;

    public string Kind => words["Guides"];

    public int Order => 60;

    public async Task<IReadOnlyList<PaletteEntry>> SearchAsync(string query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        Actor actor = Actor.From(user, current.Address);
        if (string.IsNullOrWhiteSpace(query) || actor.Id is null)
            return [];
        IReadOnlyList<GuideListEntry> found = await guides.ListAsync(actor, GuideReaders.Of(words), query, cancellationToken);
        return [.. found.Take(Most).Select(guide => new PaletteEntry(guide.Title, Kind, PortalUrls.Guide(guide.Slug), null, Icons.Material.Outlined.MenuBook))];
    }
}
