using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Overview.Needs;
using ProxyPortal.Settings;

namespace ProxyPortal.Asking;

internal static class AskingRegistration
{
    public static IServiceCollection AddAsking(this IServiceCollection services)
    {
        services.AddSingleton<AskingMails>().AddSingleton<RequestGrants>().AddSingleton<AccessRequests>();
        services.AddSingleton<AskingDesk>().AddHostedService(provider => provider.GetRequiredService<AskingDesk>());
        services.AddSingleton<GroupRequestService>().AddSingleton<RequestService>().AddSingleton<INeedSource, RequestsNeed>();
        services.AddSingleton(provider => new Invitations(
            provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), provider.GetRequiredService<AccessControl>(), provider.GetRequiredService<SettingsService>(),
            provider.GetRequiredService<OneTimeLinks>(), provider.GetRequiredService<AskingMails>(), provider.GetRequiredService<AuditTrail>()));
        return services.AddSingleton(provider => new RequestDecisionService(
            provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), provider.GetRequiredService<AccessControl>(), provider.GetRequiredService<RequestGrants>(),
            provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<TimeProvider>()));
    }
}
