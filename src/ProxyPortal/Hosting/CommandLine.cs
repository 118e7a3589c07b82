using System.CommandLine;
using ProxyPortal.Account.FirstRun;

namespace ProxyPortal.Hosting;

/// <summary>The verbs of the program. Exit codes: 0 done, 1 refused (the reason is on stderr), 2 usage.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan ConsoleLoggerLag = TimeSpan.FromMilliseconds(200);

    public static RootCommand Create()
    {
        var root = new RootCommand("ProxyPortal, the credential authority for forward proxies.") { TreatUnmatchedTokensAsErrors = false };
        root.SetAction((parse, cancellationToken) => ServeAsync([.. parse.UnmatchedTokens], cancellationToken));
        return root;
    }

    private static async Task<int> ServeAsync(string[] args, CancellationToken cancellationToken)
    {
        try
        {
            await using WebApplication app = PortalApp.Create(args);
            await PortalApp.PrepareAsync(app, cancellationToken);
            await app.StartAsync(cancellationToken);
            // The console logger writes from a thread of its own; the link must not scroll away above its last lines.
            await Task.Delay(ConsoleLoggerLag, cancellationToken);
            await app.Services.GetRequiredService<FirstRunNotice>().PrintAsync(Console.Out, cancellationToken);
            await app.WaitForShutdownAsync(CancellationToken.None);
            return 0;
        }
        catch (StartRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}
