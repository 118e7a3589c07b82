using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;

namespace ProxyPortal.EndToEndTests.Processes;

/// <summary>The portal as a process of its own, as `dotnet run` would start it, on free ports and in a folder of its own.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _process;
    private IReadOnlyDictionary<string, string> _settings = new Dictionary<string, string>();

    public Uri Url { get; } = new($"http://localhost:{Loopback.FreePort()}");

    public Uri VerifyUrl { get; } = new($"http://127.0.0.1:{Loopback.FreePort()}");

    public string DataDirectory => _folder.File("data");

    private string BootstrapFile => _folder.File("bootstrap.json");

    public string Output => _process?.Output ?? "";

    /// <param name="cancellationToken">Ends the wait for readiness.</param>
    /// <param name="bootstrap">The text of a bootstrap file, or null for a fresh portal that waits to be set up.</param>
    /// <param name="settings">Further configuration, by its environment variables.</param>
    public static async Task<PortalProcess> StartAsync(CancellationToken cancellationToken, string? bootstrap = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var portal = new PortalProcess { _settings = settings ?? new Dictionary<string, string>() };
        if (bootstrap is not null)
            await File.WriteAllTextAsync(portal.BootstrapFile, bootstrap, cancellationToken);
        await portal.StartAgainAsync(cancellationToken);
        return portal;
    }

    /// <summary>Starts it on the same folder and ports; returns when verification knows its directory.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        ProcessStartInfo start = Program();
        if (File.Exists(BootstrapFile))
            start.Environment["Bootstrap__File"] = BootstrapFile;
        _process = new ServerProcess(start);
        using var client = new HttpClient();
        while (true)
        {
            _process.ThrowIfEnded();
            try
            {
                using HttpResponseMessage ready = await client.GetAsync(new Uri(Url, "/health/ready"), cancellationToken);
                if (ready.StatusCode is HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await ServerProcess.NextMomentAsync(cancellationToken);
        }
    }

    /// <summary>The one-time set-up link that a fresh portal prints.</summary>
    public async Task<Uri> SetupLinkAsync(CancellationToken cancellationToken)
    {
        string line = await _process!.WaitForLineAsync("/setup?token=", cancellationToken);
        return new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0]);
    }

    public Task KillAsync() => _process!.KillAsync();

    /// <summary>SIGSTOP: there, and as good as away.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _process!.StopAsync(cancellationToken);

    public Task ContinueAsync(CancellationToken cancellationToken) => _process!.ContinueAsync(cancellationToken);

    /// <summary>Applies another bootstrap file while the portal serves.</summary>
    public async Task ApplyAsync(string bootstrap, CancellationToken cancellationToken)
    {
        string file = _folder.File("change.json");
        await File.WriteAllTextAsync(file, bootstrap, cancellationToken);
        ProcessStartInfo start = Program();
        foreach (string argument in (string[])["bootstrap", "apply", file])
            start.ArgumentList.Add(argument);
        await RunAsync(start, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
    }

    private ProcessStartInfo Program()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = RepositoryRoot() };
        start.ArgumentList.Add(Path.Combine(RepositoryRoot(), "src", "ProxyPortal", "bin", Configuration, "net10.0", "ProxyPortal.dll"));
        start.Environment["Portal__DataDirectory"] = DataDirectory;
        start.Environment["Kestrel__Endpoints__Portal__Url"] = Url.ToString();
        start.Environment["Kestrel__Endpoints__Verify__Url"] = VerifyUrl.ToString();
        // Links in mails lead where this portal is.
        if (_settings.Count > 0)
            start.Environment["Portal__PublicUrl"] = Url.GetLeftPart(UriPartial.Authority);
        foreach ((string name, string value) in _settings)
            start.Environment[name] = value;
        return start;
    }

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static async Task RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {output}");
    }

    private static string RepositoryRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
