using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Data;

/// <summary>Starts that would harm the data, or serve with keys that open none of it.</summary>
[Trait("Database", "Sqlite")]
public sealed class StartGuardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pp-test-").FullName;

    private string KeyFile => Path.Combine(_folder, "keys", "master.key");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Start_WithAnotherMasterKey_IsRefusedUntilTheRightOneIsBack()
    {
        await using (PortalHost server = await PortalHost.OpenSqliteAsync(_folder))
            await server.Get<UserService>().CreateAsync(Actor.Portal, new UserInput { UserId = "alice" }, Token);
        byte[] right = await File.ReadAllBytesAsync(KeyFile, Token);
        byte[] wrong = [.. right.Reverse()];
        await File.WriteAllBytesAsync(KeyFile, wrong, Token);
        for (int i = 0; i < 2; i++)
        {
            StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(() => PortalHost.OpenSqliteAsync(_folder));
            Assert.Contains(KeyFile, refused.Message, StringComparison.Ordinal);
            Assert.Contains("another key", refused.Message, StringComparison.Ordinal);
        }
        // The wrong one may be the right one of another database: it stays as it was.
        Assert.Equal(wrong, await File.ReadAllBytesAsync(KeyFile, Token));
        await File.WriteAllBytesAsync(KeyFile, right, Token);
        await using PortalHost again = await PortalHost.OpenSqliteAsync(_folder);
        await using PortalDbContext db = await again.OpenDatabaseAsync();
        Assert.Equal(1, await db.Users.CountAsync(Token));
    }

    [Fact]
    public async Task Start_OnADatabaseFromBeforeTheCheck_TakesItsKeyAndHoldsToItFromThenOn()
    {
        await using (PortalHost server = await PortalHost.OpenSqliteAsync(_folder))
        {
            await server.Get<UserService>().CreateAsync(Actor.Portal, new UserInput { UserId = "alice" }, Token);
            await using PortalDbContext db = await server.OpenDatabaseAsync();
            (await db.Settings.SingleAsync(Token)).KeyCheck = null;
            await db.SaveChangesAsync(Token);
        }
        await (await PortalHost.OpenSqliteAsync(_folder)).DisposeAsync();
        await File.WriteAllBytesAsync(KeyFile, new byte[32], Token);
        await Assert.ThrowsAsync<StartRefusedException>(() => PortalHost.OpenSqliteAsync(_folder));
    }

    [Fact]
    public async Task KeyCheck_StaysWhenSettingsChange()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        byte[]? before = await KeyCheckAsync(server);
        Assert.NotNull(before);
        Assert.True((await server.Get<SettingsService>().ChangeAsync(Actor.Portal, "Example", "https://portal.example.test", Token)).Succeeded);
        Assert.Equal(before, await KeyCheckAsync(server));
    }

    [Fact]
    public async Task Start_OnADatabaseFileThatAnotherDataDirectoryServes_IsRefused()
    {
        string database = Path.Combine(_folder, "shared.db"), link = Path.Combine(_folder, "link.db");
        using var first = await PreparedAsync("one", database);
        File.CreateSymbolicLink(link, database);
        foreach (string name in (string[])[database, link])
        {
            StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(() => PreparedAsync("two", name));
            Assert.Contains("shared.db", refused.Message, StringComparison.Ordinal);
        }
    }

    private async Task<IDisposable> PreparedAsync(string directory, string database)
    {
        Directory.CreateDirectory(Path.Combine(_folder, directory, "keys"));
        string key = Path.Combine(_folder, directory, "keys", "master.key");
        if (!File.Exists(key))
            await File.WriteAllBytesAsync(key, new byte[32], Token);
        Microsoft.AspNetCore.Builder.WebApplication app = PortalApp.Create(
            ["--applicationName=ProxyPortal", $"--Portal:DataDirectory={Path.Combine(_folder, directory)}", $"--ConnectionStrings:Portal=Data Source={database};Pooling=False"], quiet: true);
        try
        {
            await PortalApp.PrepareAsync(app, Token);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static async Task<byte[]?> KeyCheckAsync(PortalHost server)
    {
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        return (await db.Settings.AsNoTracking().SingleOrDefaultAsync(Token))?.KeyCheck;
    }
}
