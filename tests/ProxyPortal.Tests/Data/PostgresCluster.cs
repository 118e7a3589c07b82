using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Tests.Data;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace ProxyPortal.Tests.Data;

/// <summary>PostgreSQL for a run on it: the server that PROXYPORTAL_POSTGRES names, or a private one on a socket in a temporary folder,
/// which ends with the run. Each test gets a copy of one database that was migrated at the start.</summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    private static readonly string Template = $"template_{Guid.CreateVersion7():N}";
    private static string? s_server;
    private string? _folder;

    private static string Server => s_server ?? throw new InvalidOperationException("This run is not on PostgreSQL.");

    public async ValueTask InitializeAsync()
    {
        if (TestDatabase.OfTheRun is not DatabaseProvider.Postgres)
            return;
        s_server = Environment.GetEnvironmentVariable("PROXYPORTAL_POSTGRES") is { Length: > 0 } given ? given : await StartAsync();
        await CreateAsync(Template, empty: true);
        await MigrateTemplateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (s_server is null)
            return;
        await DropAsync(Template);
        NpgsqlConnection.ClearAllPools();
        if (_folder is null)
            return;
        await RunAsync("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    internal static string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder(Server) { Database = database, MaxPoolSize = 20 }.ToString();

    // Copying files takes a tenth of what the other strategy takes, which writes every page into the log.
    internal static Task CreateAsync(string database, bool empty) =>
        ExecuteAsync($"CREATE DATABASE {database} TEMPLATE {(empty ? "template1" : Template)} STRATEGY FILE_COPY");

    internal static async Task DropAsync(string database)
    {
        await using (var own = new NpgsqlConnection(ConnectionTo(database)))
            NpgsqlConnection.ClearPool(own);
        await ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
    }

    // Without a pool: a database that somebody is connected to cannot be copied.
    private static async Task MigrateTemplateAsync()
    {
        string folder = Directory.CreateTempSubdirectory("pp-template-").FullName;
        string connection = new NpgsqlConnectionStringBuilder(ConnectionTo(Template)) { Pooling = false }.ToString();
        await using (WebApplication app = PortalApp.Create(["--applicationName=ProxyPortal", $"--Portal:DataDirectory={folder}", $"--Database:Provider={DatabaseProvider.Postgres}", $"--ConnectionStrings:Portal={connection}"], quiet: true))
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The names are our own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("pp-pg-").FullName;
        if (IsRoot)
            await RunAsync("/bin/chown", "postgres", _folder);
        string data = Path.Combine(_folder, "data");
        await RunAsync("initdb", "-D", data, "-A", "trust", "-U", "proxyportal", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
        await RunAsync("pg_ctl", "-D", data, "-l", Path.Combine(_folder, "log"), "-w", "-o", $"-k {_folder} -c listen_addresses= -c fsync=off -c jit=off -c autovacuum=off -c max_connections=200", "start");
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
