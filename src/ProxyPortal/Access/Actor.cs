using System.Net;
using System.Security.Claims;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Users;

namespace ProxyPortal.Access;

/// <summary>Who acts, and from where: the first argument of every service method that reads or changes anything.</summary>
/// <param name="Id">The account; null for the portal itself and for API tokens.</param>
/// <param name="Name">User-id, or what acts in its stead.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Address">Where the act came from; null when from no network.</param>
public sealed record Actor(Guid? Id, string Name, PortalRole Role, IPAddress? Address)
{
    /// <summary>The portal itself: bootstrap file, command line, first run.</summary>
    public static Actor Portal { get; } = new(null, "portal", PortalRole.Administrator, null);

    public static Actor Nobody { get; } = new(null, "anonymous", PortalRole.None, null);

    /// <summary>The API token that acts; null for people.</summary>
    public TokenGrant? Token { get; private init; }

    /// <summary>When the person last proved to be the owner of the account; null when that is not known, and for all but people.</summary>
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>As far as is known without looking anything up: pages hide by it, services ask <see cref="AccessControl"/>.</summary>
    public bool May(Permission permission) => Token?.Allows(permission) ?? Role.Has(permission);

    public static Actor From(ClaimsPrincipal principal, IPAddress? address) =>
        principal.Identity is { IsAuthenticated: true } && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out Guid id)
            ? new Actor(id, principal.Identity.Name ?? id.ToString(), RoleOf(principal), address) { ProvedAt = SessionPrincipal.ProvedAt(principal) }
            : Nobody with { Address = address };

    /// <summary>A program that calls the management API.</summary>
    public static Actor Of(TokenGrant token, IPAddress? address) => new(null, $"api:{token.Name}", PortalRole.None, address) { Token = token };

    private static PortalRole RoleOf(ClaimsPrincipal principal) =>
        Enum.GetValues<PortalRole>().Where(role => principal.IsInRole(role.ToString())).DefaultIfEmpty(PortalRole.None).Max();
}
