using System.Diagnostics;
using System.Globalization;
using ProxyPortal.EndToEndTests.Processes;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>
/// A real Squid with the lines that the portal printed. Only what belongs to the machine is changed: where the helper, its key and Squid's
/// own files lie, and the port.
/// </summary>
internal sealed class SquidProcess : IAsyncDisposable
{
    /// <summary>A name of this machine that only Squid knows: nobody reaches it past the proxy.</summary>
    public const string OriginName = "origin.example.test";

    private const string Program = "/usr/sbin/squid";
    private const string SquidUser = "proxy";
    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _process;

    private SquidProcess(int port) => Port = port;

    public int Port { get; }

    public bool HasEnded => _process!.HasEnded;

    public string Log => File.Exists(_folder.File("cache.log")) ? File.ReadAllText(_folder.File("cache.log")) : "";

    /// <param name="printed">squid.conf lines as shown by the portal.</param>
    /// <param name="helper">The published helper.</param>
    /// <param name="callerKey">The key as shown once by the portal.</param>
    /// <param name="portal">Where the portal's pages for Squid are fetched.</param>
    /// <param name="cancellationToken">Ends the wait for Squid's port.</param>
    public static async Task<SquidProcess> StartAsync(string printed, string helper, string callerKey, Uri portal, CancellationToken cancellationToken)
    {
        var squid = new SquidProcess(PortOf(printed));
        string program = squid._folder.File("proxyportal-squid-helper");
        File.Copy(helper, program);
        string key = squid._folder.File("proxyportal.key");
        await File.WriteAllTextAsync(key, callerKey + "\n", cancellationToken);
        using var browser = new HttpClient { BaseAddress = portal };
        foreach (string page in (string[])["ERR_CACHE_ACCESS_DENIED", "ERR_PP_DENIED"])
            await File.WriteAllTextAsync(squid._folder.File(page), await browser.GetStringAsync(new Uri($"/errors/squid/en/{page}", UriKind.Relative), cancellationToken), cancellationToken);
        await File.WriteAllTextAsync(squid._folder.File("hosts"), $"127.0.0.1 {OriginName}\n", cancellationToken);
        string conf = squid._folder.File("squid.conf");
        await File.WriteAllTextAsync(conf, printed
            .Replace("/usr/lib/squid/proxyportal-squid-helper", program, StringComparison.Ordinal)
            .Replace("/etc/squid/proxyportal.key", key, StringComparison.Ordinal) + squid.OwnFiles(), cancellationToken);
        await squid.HandOverAsync(cancellationToken);
        var start = new ProcessStartInfo(Program);
        foreach (string argument in (string[])["-N", "-f", conf])
            start.ArgumentList.Add(argument);
        squid._process = new ServerProcess(start);
        await Loopback.WaitForListenerAsync(squid.Port, squid._process, cancellationToken);
        return squid;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static int PortOf(string printed)
    {
        string line = printed.Split('\n').Single(line => line.StartsWith("http_port ", StringComparison.Ordinal));
        return int.Parse(line["http_port ".Length..], CultureInfo.InvariantCulture);
    }

    private string OwnFiles() =>
        $"""

        pid_filename {_folder.File("squid.pid")}
        cache_log {_folder.File("cache.log")}
        access_log stdio:{_folder.File("access.log")}
        coredump_dir {_folder.Path}
        error_directory {_folder.Path}
        hosts_file {_folder.File("hosts")}
        cache deny all
        shutdown_lifetime 0 seconds
        max_filedescriptors 4096

        """;

    // Started as root, Squid becomes its own user, who must be able to write here and alone may read the key.
    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        File.SetUnixFileMode(_folder.File("proxyportal.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        using Process chown = Process.Start("chown", ["-R", $"{SquidUser}:{SquidUser}", _folder.Path]);
        await chown.WaitForExitAsync(cancellationToken);
    }
}
