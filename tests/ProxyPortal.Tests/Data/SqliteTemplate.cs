using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Data;
using ProxyPortal.Hosting;

namespace ProxyPortal.Tests.Data;

/// <summary>One SQLite file that was migrated as a start does it, for every test to copy: to migrate costs a test more than what it tests.</summary>
internal static class SqliteTemplate
{
    private static readonly Lazy<Task<byte[]>> File = new(MigrateAsync);

    public static async Task CopyAsync(string path)
    {
        byte[] migrated = await File.Value;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        await file.WriteAsync(migrated);
    }

    private static async Task<byte[]> MigrateAsync()
    {
        string folder = Directory.CreateTempSubdirectory("pp-template-").FullName;
        string path = Path.Combine(folder, "portal.db");
        await using (WebApplication app = PortalApp.Create(["--applicationName=ProxyPortal", $"--Portal:DataDirectory={folder}", $"--ConnectionStrings:Portal=Data Source={path};Pooling=False"], quiet: true))
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        // What still stands in the log beside the file has to be in it.
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }
        byte[] migrated = await System.IO.File.ReadAllBytesAsync(path);
        Directory.Delete(folder, recursive: true);
        return migrated;
    }
}
