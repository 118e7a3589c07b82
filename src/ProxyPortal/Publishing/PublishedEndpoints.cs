using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Proxies;

namespace ProxyPortal.Publishing;

/// <summary>What strangers may know, in memory: read anew when a proxy changes, here or on another node.</summary>
internal sealed class PublishedEndpoints : IPublicationFollower
{
    private volatile IReadOnlyList<ConnectEndpoint> _public = [];

    public IReadOnlyList<ConnectEndpoint> Public => _public;

    public async Task ReloadAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        _public = [.. (await ConnectService.ReadAsync(db.ProxyEndpoints.Where(endpoint => endpoint.Visibility == EndpointVisibility.Public), cancellationToken))
            .Select(endpoint => ConnectEndpoint.Of(endpoint, (AuthSchemes)~0))];
}
