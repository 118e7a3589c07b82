using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Asking;
using ProxyPortal.Audit;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.MyAccess;

namespace ProxyPortal.HelpDesk;

internal static class HelpDeskRegistration
{
    public static IServiceCollection AddHelpDesk(this IServiceCollection services) => services.AddSingleton<CallerCodeMail>().AddSingleton(provider => new HelpDeskService(
        provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), provider.GetRequiredService<AccessControl>(), provider.GetRequiredService<MyAccessService>(),
        provider.GetRequiredService<GroupRequestService>(), provider.GetRequiredService<CallerCodeMail>(), provider.GetRequiredService<SecretKeys>(), provider.GetRequiredService<AuditTrail>(),
        provider.GetRequiredService<TimeProvider>()));
}
