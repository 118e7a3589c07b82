namespace ProxyPortal.Proxies;

internal static class ProxiesRegistration
{
    public static IServiceCollection AddProxies(this IServiceCollection services) => services.AddSingleton<ProxyService>();
}
