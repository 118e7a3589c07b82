using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Components.Search;
using ProxyPortal.Data;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Publishing.Guides;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing;

internal static class PublishingRegistration
{
    public static IServiceCollection AddPublishing(this IServiceCollection services) => services
        .AddSingleton<PublishedEndpoints>().AddSingleton<IPublicationFollower>(provider => provider.GetRequiredService<PublishedEndpoints>())
        .AddSingleton<PublishedPac>().AddSingleton<IPublicationFollower>(provider => provider.GetRequiredService<PublishedPac>())
        .AddSingleton(provider => new PlannedChanges(provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IPublicationFollower>(provider => provider.GetRequiredService<PlannedChanges>())
        .AddSingleton<AnnouncementService>().AddHostedService<AnnouncementsWorker>()
        .AddSingleton<PublishedFiles>().AddSingleton<ClientSettings>()
        .AddSingleton<PublishedGuides>().AddSingleton<IPublicationFollower>(provider => provider.GetRequiredService<PublishedGuides>())
        .AddSingleton<GuideService>().AddScoped<IPaletteSource, GuidePaletteSource>()
        .AddSingleton(provider => new GuideReadingService(
            provider.GetRequiredService<PublishedGuides>(), provider.GetRequiredService<PublishedEndpoints>(), provider.GetRequiredService<ConnectService>(), provider.GetRequiredService<SettingsService>()))
        .AddSingleton(provider => new ConnectService(
            provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), provider.GetRequiredService<AccessControl>(), provider.GetRequiredService<PublishedEndpoints>()))
        .AddSingleton(provider => new PacProfileService(
            provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), provider.GetRequiredService<AccessControl>(), provider.GetRequiredService<AuditTrail>(),
            provider.GetRequiredService<PublishedEndpoints>(), provider.GetRequiredService<SettingsService>()))
        .AddScoped<IPaletteSource, PacPaletteSource>().AddScoped<IPaletteSource, AnnouncementPaletteSource>();
}
