using ProxyPortal.Components.Search;

namespace ProxyPortal.Users;

internal static class UsersRegistration
{
    public static IServiceCollection AddUsers(this IServiceCollection services) =>
        services.AddSingleton<UserService>().AddScoped<IPaletteSource, UserPaletteSource>();
}
