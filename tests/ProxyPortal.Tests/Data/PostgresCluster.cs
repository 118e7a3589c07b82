using System.Diagnostics;
using Npgsql;
using ProxyPortal.Tests.Data;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace ProxyPortal.Tests.Data;

/// <summary>PostgreSQL for the run: the server that PROXYPORTAL_POSTGRES names, or a private one on a socket in a temporary folder,
/// started when the first test asks and stopped at the end.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly SemaphoreSlim _once = new(1);
    private string? _server;
    private string? _folder;

    /// <summary>A connection string for a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await _once.WaitAsync();
        try
        {
            _server ??= Environment.GetEnvironmentVariable("PROXYPORTAL_POSTGRES") is { Length: > 0 } given ? given : await StartAsync();
        }
        finally
        {
            _once.Release();
        }
        string name = $"test_{Guid.CreateVersion7():N}";
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The name is our own.
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
#pragma warning restore CA2100
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_server) { Database = name, MaxPoolSize = 20 }.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        _once.Dispose();
        if (_folder is null)
            return;
        NpgsqlConnection.ClearAllPools();
        await RunAsync("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("pp-pg-").FullName;
        if (IsRoot)
            await RunAsync("/bin/chown", "postgres", _folder);
        string data = Path.Combine(_folder, "data");
        await RunAsync("initdb", "-D", data, "-A", "trust", "-U", "proxyportal", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
        await RunAsync("pg_ctl", "-D", data, "-l", Path.Combine(_folder, "log"), "-w", "-o", $"-k {_folder} -c listen_addresses= -c fsync=off -c max_connections=200", "start");
        return $"Host={_folder};Username=proxyportal;Database=postgres";
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static async Task RunAsync(string program, params string[] arguments)
    {
        bool isOurs = program.Contains('/', StringComparison.Ordinal);
        string path = isOurs ? program : Path.Combine(Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last(), "bin", program);
        // The server refuses to run as root.
        string[] command = IsRoot && !isOurs ? ["runuser", "-u", "postgres", "--", path, .. arguments] : [path, .. arguments];
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > /dev/null", "sh", .. command]) { WorkingDirectory = "/tmp" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
    }
}
