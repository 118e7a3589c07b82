using ProxyPortal.Account.FirstRun;

namespace ProxyPortal.Hosting;

/// <summary>Serves until told to stop. Says last where, and on a first run how to begin.</summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(string[] configuration, CancellationToken cancellationToken)
    {
        await using WebApplication app = PortalApp.Create(configuration);
        await PortalApp.PrepareAsync(app, cancellationToken);
        try
        {
            await Refusals.ExplainAsync(() => app.StartAsync(cancellationToken));
        }
        catch
        {
            // What had begun already would go on without what it needs, and complain until the process is gone.
            await app.StopAsync(CancellationToken.None);
            throw;
        }
        app.Services.GetRequiredService<StartLog>().HasStarted = true;
        await app.Services.GetRequiredService<FirstRunNotice>().PrintAsync(Console.Out, cancellationToken);
        await app.WaitForShutdownAsync(CancellationToken.None);
        return CommandLine.Done;
    }
}
