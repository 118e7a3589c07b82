using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>The published native helper: what PROXYPORTAL_HELPER names, else published once a run into artifacts/helper.</summary>
public sealed class HelperBinary : IAsyncLifetime
{
    private static readonly Lazy<Task<string>> Published = new(LocateAsync);

    public string Path { get; private set; } = "";

    public async ValueTask InitializeAsync() => Path = await Published.Value;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<string> LocateAsync()
    {
        if (Environment.GetEnvironmentVariable("PROXYPORTAL_HELPER") is { Length: > 0 } given)
            return System.IO.Path.GetFullPath(given, RepositoryRoot());
        string root = RepositoryRoot();
        string folder = System.IO.Path.Combine(root, "artifacts", "helper");
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = root, RedirectStandardOutput = true };
        // Servers that outlive the build would keep its output open, and with it this wait.
        foreach (string argument in (string[])["publish", "src/ProxyPortal.SquidHelper", "-c", "Release", "-o", folder, "-nodeReuse:false", "-p:UseSharedCompilation=false"])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using Process build = Process.Start(start)!;
        string output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"Publishing the helper failed:{Environment.NewLine}{output}");
        return System.IO.Path.Combine(folder, "proxyportal-squid-helper");
    }

    // The tests may have been copied anywhere; the source they were built from has not.
    private static string RepositoryRoot([CallerFilePath] string thisFile = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
