using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Data;
using ProxyPortal.Proxies;
using ProxyPortal.Users;
using ProxyPortal.Verification;

namespace ProxyPortal.Publishing;

/// <summary>Which endpoints a reader may know of, by the same rules by which verification decides.</summary>
public sealed class ConnectService
{
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly AccessControl _access;
    private readonly PublishedEndpoints _published;

    internal ConnectService(IDbContextFactory<PortalDbContext> contexts, AccessControl access, PublishedEndpoints published) => (_contexts, _access, _published) = (contexts, access, published);

    /// <summary>What <paramref name="reader"/> may use: for a stranger what is public.</summary>
    public async Task<IReadOnlyList<ConnectEndpoint>> ListAsync(Actor reader, CancellationToken cancellationToken)
    {
        if (reader.Id is not { } id)
            return _published.Public;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        User? user = await db.Users.AsNoTracking().Include(row => row.Groups).ThenInclude(group => group.Endpoints)
            .SingleOrDefaultAsync(row => row.Id == id && row.DeletedAt == null, cancellationToken);
        return user is null ? [] : await OfAsync(db, user, cancellationToken);
    }

    /// <summary>Every endpoint with all that it offers, for those who administer them.</summary>
    public async Task<Result<IReadOnlyList<ConnectEndpoint>>> ListAllAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await _access.RequireAsync(actor, Permission.ReadProxies, "connect", cancellationToken) is { } refused)
            return refused;
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        return (await ReadAsync(db.ProxyEndpoints, cancellationToken)).Select(endpoint => ConnectEndpoint.Of(endpoint, (AuthSchemes)~0)).ToArray();
    }

    /// <summary>The endpoints of a user who was read with groups and their endpoints. What is for the members of its groups only is not shown to others.</summary>
    internal static async Task<IReadOnlyList<ConnectEndpoint>> OfAsync(PortalDbContext db, User user, CancellationToken cancellationToken)
    {
        AccessRules rules = MemberRules.Strictest([.. user.Groups.Select(GroupRules.Of)]);
        HashSet<Guid> named = [.. user.Groups.SelectMany(group => group.Endpoints).Select(endpoint => endpoint.Id)];
        List<ProxyEndpoint> all = await ReadAsync(db.ProxyEndpoints, cancellationToken);
        return
        [
            .. from endpoint in all
               where rules.Endpoints is null || rules.Endpoints.Contains(endpoint.Id)
               where endpoint.Visibility is not EndpointVisibility.Groups || named.Contains(endpoint.Id)
               select ConnectEndpoint.Of(endpoint, rules.Schemes),
        ];
    }

    internal static Task<List<ProxyEndpoint>> ReadAsync(IQueryable<ProxyEndpoint> endpoints, CancellationToken cancellationToken) =>
        endpoints.AsNoTracking().Include(endpoint => endpoint.Proxy).OrderBy(endpoint => endpoint.Name).ToListAsync(cancellationToken);
}
