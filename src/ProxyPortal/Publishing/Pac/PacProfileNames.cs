using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Proxies;

namespace ProxyPortal.Publishing.Pac;

/// <summary>The endpoints of stored profiles by name, and what has become of them.</summary>
internal sealed class PacProfileNames
{
    private readonly Dictionary<Guid, (string Name, bool IsOpen)> _endpoints;

    private PacProfileNames(Dictionary<Guid, (string Name, bool IsOpen)> endpoints) => _endpoints = endpoints;

    public static async Task<PacProfileNames> ReadAsync(PortalDbContext db, CancellationToken cancellationToken) => new(
        (await db.ProxyEndpoints.AsNoTracking().Select(endpoint => new { endpoint.Id, endpoint.Name, endpoint.Visibility }).ToListAsync(cancellationToken))
            .ToDictionary(row => row.Id, row => (row.Name, row.Visibility is EndpointVisibility.Public)));

    public PacProfileDetail Describe(PacProfile row) => new(
        row.Id,
        new PacProfileInput
        {
            Name = row.Name,
            Purpose = row.Purpose,
            IsDefault = row.IsDefault,
            BypassesPlainNames = row.BypassesPlainNames,
            FallsBackToDirect = row.FallsBackToDirect,
            Bypass = row.Bypass,
            Routes = [.. row.Routes.Select(route => new PacRouteInput(route.Hosts, Names(route.Endpoints), route.Endpoints.Count == 0))],
            Endpoints = Names(row.Endpoints),
        },
        [.. Warnings(row)], row.Version);

    /// <summary>What the audit trail keeps of a profile.</summary>
    public PacProfileSnapshot Snapshot(PacProfile row) => new(
        row.Name, row.Purpose, row.IsDefault, row.BypassesPlainNames, row.FallsBackToDirect, row.Bypass,
        [.. row.Routes.Select((route, index) => $"{index + 1}. {string.Join(", ", route.Hosts)} → {(route.Endpoints.Count == 0 ? "straight" : string.Join(", ", Names(route.Endpoints)))}")], Names(row.Endpoints));

    private string[] Names(IReadOnlyList<Guid> ids) => [.. ids.Where(_endpoints.ContainsKey).Select(id => _endpoints[id].Name)];

    private bool IsOpen(Guid id) => _endpoints.TryGetValue(id, out (string Name, bool IsOpen) endpoint) && endpoint.IsOpen;

    private IEnumerable<string> Warnings(PacProfile row)
    {
        Guid[] named = [.. row.Endpoints.Concat(row.Routes.SelectMany(route => route.Endpoints)).Distinct()];
        foreach (Guid id in named.Where(id => _endpoints.ContainsKey(id) && !IsOpen(id)))
            yield return $"The endpoint {_endpoints[id].Name} is not public any more: it has left the file.";
        if (named.Count(id => !_endpoints.ContainsKey(id)) is > 0 and var deleted)
            yield return deleted == 1 ? "An endpoint of it was deleted: it has left the file." : $"{deleted} endpoints of it were deleted: they have left the file.";
        for (int i = 0; i < row.Routes.Count; i++)
        {
            if (row.Routes[i].Endpoints is { Count: > 0 } ids && !ids.Any(IsOpen))
                yield return $"Route {i + 1} has no endpoint left: its hosts take the proxies of all other hosts.";
        }
        if (!_endpoints.Values.Any(endpoint => endpoint.IsOpen))
            yield return row.FallsBackToDirect ? "No endpoint is public: everything goes straight." : "No endpoint is public: the file leads nowhere, and requests fail.";
        else if (row.Endpoints.Count > 0 && !row.Endpoints.Any(IsOpen))
            yield return "None of its endpoints is left: all other hosts take every public endpoint, by name.";
    }
}

/// <summary>A profile as the audit trail shows it.</summary>
internal sealed record PacProfileSnapshot(
    string Name, string? Purpose, bool IsDefault, bool BypassesPlainNames, bool FallsBackToDirect, IReadOnlyList<string> Bypass, IReadOnlyList<string> Routes, IReadOnlyList<string> Endpoints)
{
    /// <summary>Of long lists only what the other has not: a host more among thousands is one line.</summary>
    public PacProfileSnapshot Without(PacProfileSnapshot other) => this with { Bypass = [.. Bypass.Except(other.Bypass)], Routes = [.. Routes.Except(other.Routes)] };
}
