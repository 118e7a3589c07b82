using ProxyPortal.MyAccess;

namespace ProxyPortal.Overview;

internal static class OverviewRegistration
{
    public static IServiceCollection AddOverview(this IServiceCollection services) =>
        services.AddSingleton<OverviewService>().AddSingleton<MyAccessService>();
}
