using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Settings;

namespace ProxyPortal.Hosting;

/// <summary>Serves until told to stop. Says last where, and on a first run how to begin.</summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(string[] configuration, CancellationToken cancellationToken)
    {
        await using WebApplication app = PortalApp.Create(configuration);
        await PortalApp.PrepareAsync(app, cancellationToken);
        await Refusals.ExplainAsync(() => app.StartAsync(cancellationToken));
        app.Services.GetRequiredService<StartLog>().HasStarted = true;
        await AnnounceAsync(app.Services, cancellationToken);
        await app.WaitForShutdownAsync(CancellationToken.None);
        return CommandLine.Done;
    }

    private static async Task AnnounceAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        SettingsService settings = services.GetRequiredService<SettingsService>();
        Listeners listeners = services.GetRequiredService<Listeners>();
        string text = $"Proxies verify at {listeners.Describe("Verify")}{Environment.NewLine}The portal listens at {listeners.Describe("Portal")}{Environment.NewLine}";
        text += settings.Current.IsSetUp
            ? $"Open {settings.Current.PublicUrl}"
            : $"Open this link to set the portal up; it works once, for {OneTimeLinks.SetupLifetime.TotalHours:0} hours:{Environment.NewLine}{(await IssueSetupLinkAsync(services, cancellationToken)).Url}";
        await Console.Out.WriteLineAsync(text);
    }

    // Earlier links end here: only what stands last on the operator's screen opens the portal.
    private static async Task<IssuedLink> IssueSetupLinkAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
        db.OneTimeLinks.RemoveRange(await db.OneTimeLinks.Where(link => link.Purpose == LinkPurpose.Setup).ToListAsync(cancellationToken));
        IssuedLink issued = services.GetRequiredService<OneTimeLinks>().Add(db, LinkPurpose.Setup, null);
        await db.SaveChangesAsync(cancellationToken);
        return issued;
    }
}
