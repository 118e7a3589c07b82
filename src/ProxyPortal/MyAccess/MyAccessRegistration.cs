using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Verification;

namespace ProxyPortal.MyAccess;

internal static class MyAccessRegistration
{
    public static IServiceCollection AddMyAccess(this IServiceCollection services) => services.AddSingleton(provider => new MyAccessService(
        provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), provider.GetRequiredService<DirectoryIndex>(), provider.GetRequiredService<PlannedChanges>(),
        provider.GetRequiredService<TimeProvider>()));
}
