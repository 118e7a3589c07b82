namespace ProxyPortal.ApiTokens;

internal static class ApiTokensRegistration
{
    public static IServiceCollection AddApiTokens(this IServiceCollection services) => services.AddSingleton<ApiTokenService>();
}
