using ProxyPortal.Components.Search;
using ProxyPortal.Hosting;
using ProxyPortal.Settings;

namespace ProxyPortal.Proxies;

internal static class ProxiesRegistration
{
    public static IServiceCollection AddProxies(this IServiceCollection services) => services
        .AddSingleton<ProxyService>().AddSingleton<CallerKeyService>()
        .AddSingleton(provider => new VerifyAddress(
            provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<SettingsService>(), () => provider.GetService<Listeners>()?.Verify?.Port))
        .AddScoped<IPaletteSource, ProxyPaletteSource>();
}
