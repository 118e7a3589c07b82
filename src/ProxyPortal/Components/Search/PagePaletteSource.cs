using System.Security.Claims;
using ProxyPortal.Components.Layout;

namespace ProxyPortal.Components.Search;

/// <summary>The pages of the main navigation.</summary>
internal sealed class PagePaletteSource : IPaletteSource
{
    public string Kind => "Pages";

    public int Order => 0;

    public Task<IReadOnlyList<PaletteEntry>> SearchAsync(string query, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PaletteEntry>>(
        [
            .. NavEntry.VisibleTo(ShellUser.From(user))
                .Where(entry => entry.Label.Contains(query, StringComparison.OrdinalIgnoreCase))
                .Select(entry => new PaletteEntry(entry.Label, Kind, entry.Url, Icon: entry.Icon)),
        ]);
}
