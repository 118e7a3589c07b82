using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Audit;
using ProxyPortal.Components.Search;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Mail;
using ProxyPortal.Settings;
using ProxyPortal.Users.Bulk;
using ProxyPortal.Users.Export;
using ProxyPortal.Users.Import;
using ProxyPortal.Users.Jobs;
using ProxyPortal.Users.Views;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Users;

internal static class UsersRegistration
{
    public static IServiceCollection AddUsers(this IServiceCollection services) =>
        services.AddSingleton<UserService>().AddPasswordLinks().AddSingleton(provider => new UserSessionService(
            provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), provider.GetRequiredService<SignInSessions>(), provider.GetRequiredService<AccessControl>(), provider.GetRequiredService<AuditTrail>()))
            .AddSingleton<UserJobs>().AddSingleton<UserBulkService>().AddSingleton<UserImportService>().AddSingleton<UserExportService>()
            .AddSingleton<IFirstUseFollower, FirstUses>().AddScoped<IPaletteSource, UserPaletteSource>().AddScoped<BrowserMemory>();

    private static IServiceCollection AddPasswordLinks(this IServiceCollection services) => services.AddSingleton(provider => new UserPasswordLinks(
        provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), provider.GetRequiredService<AccessControl>(), provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<OneTimeLinks>(),
        provider.GetRequiredService<MailOutbox>(), provider.GetRequiredService<SettingsService>(), provider.GetRequiredService<IStringLocalizer<MailTexts>>()));
}
