using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Users;

namespace ProxyPortal.Components.Layout;

/// <summary>One entry of the main navigation; the palette and the list of shortcuts are made from the same list.</summary>
/// <param name="Label">What people look for, in one word.</param>
/// <param name="Url">Where it leads, from <see cref="PortalUrls"/>.</param>
/// <param name="Icon">A MudBlazor outlined icon.</param>
/// <param name="Key">The letter after <c>g</c> that leads there.</param>
/// <param name="Needs">What one must be allowed to see the entry; nothing when null. Hiding is courtesy only, the page and its service authorise.</param>
public sealed record NavEntry(string Label, string Url, string Icon, char Key, Permission? Needs = null)
{
    public NavLinkMatch Match => Url == PortalUrls.Home ? NavLinkMatch.All : NavLinkMatch.Prefix;

    /// <summary>In the order shown. A new area of the portal adds its line here.</summary>
    public static IReadOnlyList<NavEntry> All { get; } =
    [
        new("Overview", PortalUrls.Home, Icons.Material.Outlined.SpaceDashboard, 'o'),
        new("Users", PortalUrls.Routes.Users, Icons.Material.Outlined.PeopleOutline, 'u', Permission.ReadUsers),
        new("Proxies", PortalUrls.Proxies, Icons.Material.Outlined.Dns, 'p', Permission.ReadProxies),
        new("Audit", PortalUrls.Routes.Audit, Icons.Material.Outlined.ReceiptLong, 'a', Permission.ReadAudit),
        new("Settings", PortalUrls.Settings, Icons.Material.Outlined.Tune, 's', Permission.EditSettings),
    ];

    public static IEnumerable<NavEntry> VisibleTo(ShellUser user)
    {
        PortalRole role = Enum.TryParse(user.Role, out PortalRole known) ? known : PortalRole.None;
        return All.Where(entry => entry.Needs is not { } needed || role.Has(needed));
    }
}
