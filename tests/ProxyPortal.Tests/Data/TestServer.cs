using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProxyPortal.Bootstrap;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using Xunit;

namespace ProxyPortal.Tests.Data;

/// <summary>The whole application over a database of its own, prepared as at a start, without listening unless asked.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private TestServer(WebApplication app, string folder, string connection, bool ownsFolder) => (_app, Folder, Connection, _ownsFolder) = (app, folder, connection, ownsFolder);

    public string Folder { get; }

    public string Connection { get; }

    public string DatabaseFile => Path.Combine(Folder, "portal.db");

    public static Task<TestServer> CreateAsync(PostgresCluster? postgres = null, DatabaseProvider provider = DatabaseProvider.Sqlite) =>
        CreateAsync(postgres, provider, Directory.CreateTempSubdirectory("pp-test-").FullName, null, ownsFolder: true);

    /// <summary>A second portal on the database and the keys of this one, which follows it by polling.</summary>
    public async Task<TestServer> CreateSecondNodeAsync()
    {
        string folder = Directory.CreateTempSubdirectory("pp-test-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        File.Copy(Path.Combine(Folder, "keys", "master.key"), Path.Combine(folder, "keys", "master.key"));
        TestServer second = await CreateAsync(null, Get<Microsoft.Extensions.Options.IOptions<DatabaseOptions>>().Value.Provider, folder, Connection, ownsFolder: true);
        await second._app.StartAsync(TestContext.Current.CancellationToken);
        return second;
    }

    /// <summary>A portal over a folder that exists; the folder stays.</summary>
    public static Task<TestServer> OpenAsync(string folder) => CreateAsync(null, DatabaseProvider.Sqlite, folder, null, ownsFolder: false);

    private static async Task<TestServer> CreateAsync(PostgresCluster? postgres, DatabaseProvider provider, string folder, string? connection, bool ownsFolder)
    {
        connection ??= provider is DatabaseProvider.Postgres ? await postgres!.CreateDatabaseAsync() : $"Data Source={Path.Combine(folder, "portal.db")}";
        WebApplication app = PortalApp.Create(
        [
            "--applicationName=ProxyPortal", $"--Portal:DataDirectory={folder}", $"--Database:Provider={provider}", $"--ConnectionStrings:Portal={connection}",
            "--Kestrel:Endpoints:Portal:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:Verify:Url=http://127.0.0.1:0",
        ], builder => builder.Logging.ClearProviders());
        try
        {
            await PortalApp.PrepareAsync(app, TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new TestServer(app, folder, connection, ownsFolder);
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public Task<PortalDbContext> DbAsync() => Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    public async Task<BootstrapSummary> BootstrapAsync(string json)
    {
        string file = Path.Combine(Folder, "bootstrap.json");
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);
        return await Get<BootstrapService>().ApplyFileAsync(file, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }
}
