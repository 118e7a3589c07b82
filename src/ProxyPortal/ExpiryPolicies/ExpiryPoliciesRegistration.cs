using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies.Calendar;
using ProxyPortal.ExpiryPolicies.Impact;
using ProxyPortal.Verification;

namespace ProxyPortal.ExpiryPolicies;

internal static class ExpiryPoliciesRegistration
{
    public static IServiceCollection AddExpiryPolicies(this IServiceCollection services) => services
        .AddSingleton<ExpiryPolicyService>()
        .AddSingleton(provider => new ImpactService(
            provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<DirectoryIndex>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new ExpiryCalendarService(provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), provider.GetRequiredService<AccessControl>(), provider.GetRequiredService<DirectoryIndex>()));
}
