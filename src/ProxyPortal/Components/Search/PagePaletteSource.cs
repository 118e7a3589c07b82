using System.Security.Claims;
using Microsoft.Extensions.Localization;
using ProxyPortal.Components.Layout;
using ProxyPortal.Components.Shared;

namespace ProxyPortal.Components.Search;

/// <summary>The pages of the main navigation.</summary>
internal sealed class PagePaletteSource(IStringLocalizer<SharedTexts> words) : IPaletteSource
{
    public string Kind => words["Pages"];

    public int Order => 0;

    public Task<IReadOnlyList<PaletteEntry>> SearchAsync(string query, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PaletteEntry>>(
        [
            .. from entry in NavEntry.VisibleTo(ShellUser.From(user))
               let label = words[entry.Label].Value
               where label.Contains(query, StringComparison.OrdinalIgnoreCase)
               select new PaletteEntry(label, Kind, entry.Url, Icon: entry.Icon),
        ]);
}
