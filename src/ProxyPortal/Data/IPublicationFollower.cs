namespace ProxyPortal.Data;

/// <summary>Keeps something of what is published in memory, beside what verification needs.</summary>
internal interface IPublicationFollower
{
    /// <summary>Reads it anew: at start, and after a proxy, an endpoint or anything else that is published has changed.</summary>
    Task ReloadAsync(PortalDbContext db, CancellationToken cancellationToken);
}
