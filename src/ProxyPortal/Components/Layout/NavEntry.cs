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
        new("Devices", PortalUrls.Routes.Devices, Icons.Material.Outlined.Devices, 'd', Permission.ReadUsers),
        new("Requests", PortalUrls.Routes.Requests, Icons.Material.Outlined.MoveToInbox, 'r', Permission.ReadUsers),
        new("Groups", PortalUrls.Groups, Icons.Material.Outlined.Workspaces, 'g', Permission.ReadGroups),
        new("Policies", PortalUrls.ExpiryPolicies, Icons.Material.Outlined.EventBusy, 'e', Permission.ReadGroups),
        new("Proxies", PortalUrls.Proxies, Icons.Material.Outlined.Dns, 'p', Permission.ReadProxies),
        new("Guides", PortalUrls.GuidesToEdit, Icons.Material.Outlined.MenuBook, 'i', Permission.ReadPublications),
        new("Verifications", PortalUrls.Routes.Verifications, Icons.Material.Outlined.FactCheck, 'v', Permission.ReadEvents),
        new("Audit", PortalUrls.Routes.Audit, Icons.Material.Outlined.ReceiptLong, 'a', Permission.ReadAudit),
        new("API tokens", PortalUrls.ApiTokens, Icons.Material.Outlined.VpnKey, 't', Permission.ReadApiTokens),
        new("Settings", PortalUrls.Settings, Icons.Material.Outlined.Tune, 's', Permission.ReadSettings),
    ];

    /// <summary>Of those who only use proxies: a simpler house.</summary>
    private static readonly NavEntry[] Ordinary =
    [
        new("My access", PortalUrls.Home, Icons.Material.Outlined.VerifiedUser, 'o'),
        new("Guides", PortalUrls.Guides, Icons.Material.Outlined.MenuBook, 'i'),
        new("Help", PortalUrls.Help407(), Icons.Material.Outlined.HelpOutline, 'h'),
    ];

    public static IEnumerable<NavEntry> VisibleTo(ShellUser user)
    {
        PortalRole role = Enum.TryParse(user.Role, out PortalRole known) ? known : PortalRole.None;
        if (role is PortalRole.None)
            return Ordinary;
        return All.Where(entry => entry.Needs is not { } needed || role.Has(needed));
    }
}
