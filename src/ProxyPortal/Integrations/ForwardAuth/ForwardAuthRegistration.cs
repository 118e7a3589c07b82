using ProxyPortal.Verification;

namespace ProxyPortal.Integrations.ForwardAuth;

internal static class ForwardAuthRegistration
{
    public static IServiceCollection AddForwardAuth(this IServiceCollection services) =>
        services.AddSingleton<HeaderLogin>().AddSingleton<IDialect, ForwardAuthDialect>();
}
