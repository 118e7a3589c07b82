using ProxyPortal.Components.Search;

namespace ProxyPortal.Devices;

internal static class DevicesRegistration
{
    public static IServiceCollection AddDevices(this IServiceCollection services) => services
        .AddSingleton<DeviceSecrets>().AddSingleton<DeviceAuthority>().AddSingleton<DeviceDesk>()
        .AddSingleton<DeviceService>().AddSingleton<DeviceDecisionService>().AddSingleton<DeviceSecretService>()
        .AddScoped<IPaletteSource, DevicePaletteSource>();
}
