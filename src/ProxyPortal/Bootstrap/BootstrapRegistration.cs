namespace ProxyPortal.Bootstrap;

internal static class BootstrapRegistration
{
    public static IServiceCollection AddBootstrap(this IServiceCollection services) => services.AddSingleton<BootstrapService>();
}
