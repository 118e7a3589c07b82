using ProxyPortal.Setup;

namespace ProxyPortal.Settings;

internal static class SettingsRegistration
{
    public static IServiceCollection AddSettings(this IServiceCollection services) =>
        services.AddSingleton<SettingsService>().AddSingleton<SystemFacts>().AddSingleton<SetupProgress>();
}
