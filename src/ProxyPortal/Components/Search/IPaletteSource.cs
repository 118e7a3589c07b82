using System.Security.Claims;

namespace ProxyPortal.Components.Search;

/// <summary>Something the command palette can find things in: pages, users, proxies, … Register an implementation as a scoped
/// <see cref="IPaletteSource"/> and it takes part. A source opens what it needs per search and keeps nothing: it lives as long as
/// the circuit.</summary>
public interface IPaletteSource
{
    /// <summary>Plural heading above its entries, in sentence case: "Users".</summary>
    string Kind { get; }

    /// <summary>Sources are asked side by side and shown in this order, lowest first; pages are 0.</summary>
    int Order { get; }

    /// <summary>The best few matches for what was typed, and only what <paramref name="user"/> may see. An empty query asks for
    /// what is worth offering before anything was typed; most sources answer nothing.</summary>
    Task<IReadOnlyList<PaletteEntry>> SearchAsync(string query, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <param name="Label">What it is called.</param>
/// <param name="Kind">What it is, as its source names its kind.</param>
/// <param name="Url">Where it is, from <see cref="PortalUrls"/>.</param>
/// <param name="Detail">A quiet second text: an e-mail address, a host and port.</param>
/// <param name="Icon">A MudBlazor outlined icon.</param>
public sealed record PaletteEntry(string Label, string Kind, string Url, string? Detail = null, string? Icon = null);
