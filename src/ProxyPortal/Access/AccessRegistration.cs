namespace ProxyPortal.Access;

internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services.AddSingleton<AccessControl>().AddScoped<CurrentActor>();
}
