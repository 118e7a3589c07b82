using System.Diagnostics;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

/// <summary>What the program did: as a shell sees it.</summary>
internal sealed record PortalOutcome(int ExitCode, string Output, string Errors);

/// <summary>Runs the built program over a data directory.</summary>
internal static class PortalProcess
{
    public static Process Start(string folder, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "ProxyPortal.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments, $"--Portal:DataDirectory={Path.Combine(folder, "data")}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ENVIRONMENT"] = "Production" },
        };
        return Process.Start(start)!;
    }

    public static async Task<PortalOutcome> RunAsync(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw;
        }
        return new PortalOutcome(process.ExitCode, await output, await errors);
    }
}
