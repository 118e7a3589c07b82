using ProxyPortal.Devices;
using ProxyPortal.Overview.Needs;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Users;
using ProxyPortal.Verifications;

namespace ProxyPortal.Overview;

internal static class OverviewRegistration
{
    public static IServiceCollection AddOverview(this IServiceCollection services) => services
        .AddSingleton<OverviewService>().AddSingleton<NeedsService>()
        .AddSingleton<INeedSource, DeviceRequestsNeed>().AddSingleton<INeedSource, SilentProxiesNeed>().AddSingleton<INeedSource, CallerKeysNeed>()
        .AddSingleton<INeedSource, ExpiringUsersNeed>().AddSingleton<INeedSource, RisingRejectionsNeed>().AddSingleton<INeedSource, AnnouncementsNeed>();
}
