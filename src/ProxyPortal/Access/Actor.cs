using System.Net;
using System.Security.Claims;
using ProxyPortal.Users;

namespace ProxyPortal.Access;

/// <summary>Who acts, and from where: the first argument of every service method that reads or changes anything.</summary>
/// <param name="Id">The account; null for the portal itself.</param>
/// <param name="Name">User-id, or what acts in its stead.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Address">Where the act came from; null when from no network.</param>
public sealed record Actor(Guid? Id, string Name, PortalRole Role, IPAddress? Address)
{
    /// <summary>The portal itself: bootstrap file, command line, first run.</summary>
    public static Actor Portal { get; } = new(null, "portal", PortalRole.Administrator, null);

    public static Actor Nobody { get; } = new(null, "anonymous", PortalRole.None, null);

    public static Actor From(ClaimsPrincipal principal, IPAddress? address) =>
        principal.Identity is { IsAuthenticated: true } && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out Guid id)
            ? new Actor(id, principal.Identity.Name ?? id.ToString(), RoleOf(principal), address)
            : Nobody with { Address = address };

    private static PortalRole RoleOf(ClaimsPrincipal principal) =>
        Enum.GetValues<PortalRole>().Where(role => principal.IsInRole(role.ToString())).DefaultIfEmpty(PortalRole.None).Max();
}
