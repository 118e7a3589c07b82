using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Devices;

/// <summary>The endpoints that a device is bound to: stored by id, said by name.</summary>
internal static class BoundEndpoints
{
    /// <summary>Their names in order; an endpoint that is gone is told by its id, because the device is bound to it all the same.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(PortalDbContext db, Device device, CancellationToken cancellationToken)
    {
        if (device.Endpoints.Count == 0)
            return [];
        var names = await db.ProxyEndpoints.Where(endpoint => device.Endpoints.Contains(endpoint.Id)).ToDictionaryAsync(endpoint => endpoint.Id, endpoint => endpoint.Name, cancellationToken);
        return [.. device.Endpoints.Select(id => names.GetValueOrDefault(id, id.ToString())).Order(StringComparer.Ordinal)];
    }

    /// <summary>Their ids. One that is gone may stay, so that saving a device does not free it. Errors: <c>endpoint_unknown</c>.</summary>
    public static async Task<Result<List<Guid>>> FindAsync(PortalDbContext db, IReadOnlyList<string> names, IReadOnlyList<Guid> bound, CancellationToken cancellationToken)
    {
        var known = await db.ProxyEndpoints.Where(endpoint => names.Contains(endpoint.Name)).ToDictionaryAsync(endpoint => endpoint.Name, endpoint => endpoint.Id, StringComparer.Ordinal, cancellationToken);
        var ids = new List<Guid>();
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            if (!known.TryGetValue(name, out Guid id) && !(Guid.TryParse(name, out id) && bound.Contains(id)))
                return new Error("endpoint_unknown", "Name endpoints that exist; one of these does not.", "endpoints");
            ids.Add(id);
        }
        return ids;
    }
}
