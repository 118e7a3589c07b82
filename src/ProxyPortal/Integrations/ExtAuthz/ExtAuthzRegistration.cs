using ProxyPortal.Verification;

namespace ProxyPortal.Integrations.ExtAuthz;

internal static class ExtAuthzRegistration
{
    public static IServiceCollection AddExtAuthz(this IServiceCollection services) => services.AddSingleton<IDialect, ExtAuthzDialect>();
}
