using ProxyPortal.Integrations.ExtAuthz;
using ProxyPortal.Integrations.ForwardAuth;
using ProxyPortal.Integrations.Squid;

namespace ProxyPortal.Integrations;

/// <summary>Every way in which proxies reach the portal besides its own JSON, one line each.</summary>
internal static class IntegrationRegistration
{
    public static IServiceCollection AddIntegrations(this IServiceCollection services) => services
        .AddForwardAuth()
        .AddExtAuthz()
        .AddSquid();
}
