using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Access;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Tests.Verification;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Data;

[Trait("Database", "Sqlite")]
public sealed class SqliteTests : IDisposable
{
    private static readonly string[] Pragmas = ["journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema"];
    private readonly string _folder = Directory.CreateTempSubdirectory("pp-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Connections_AllThatThePoolHolds_WriteAheadAndFlushEveryCommit()
    {
        await using PortalHost server = await PortalHost.OpenSqliteAsync(_folder);
        List<PortalDbContext> open = [];
        for (int i = 0; i < 8; i++)
        {
            PortalDbContext db = await server.OpenDatabaseAsync();
            open.Add(db);
            await db.Database.OpenConnectionAsync(Token);
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            Assert.Equal("wal 2 1 3000 0", string.Join(' ', Pragmas.Select(name => Pragma(connection, name))));
        }
        foreach (PortalDbContext db in open)
            await db.DisposeAsync();
    }

    [Fact]
    public async Task Start_AfterAKillDuringMigration_RemovesTheLockRowAndGoesOn()
    {
        using (SqliteConnection connection = SqliteFile.Open(Path.Combine(_folder, "portal.db"), SqliteOpenMode.ReadWriteCreate))
        {
            SqliteFile.Execute(connection, "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK___EFMigrationsLock\" PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)");
            SqliteFile.Execute(connection, "INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')");
        }
        await using PortalHost server = await PortalHost.OpenSqliteAsync(_folder).WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.Equal(0, await server.Get<DatabaseMigrator>().CountPendingAsync(Token));
    }

    [Fact]
    public async Task Start_OnADataDirectoryInUse_IsRefused()
    {
        await using PortalHost first = await PortalHost.OpenSqliteAsync(_folder);
        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(() => PortalHost.OpenSqliteAsync(_folder));
        Assert.Contains("Another ProxyPortal is using", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAccountsButWithoutTheMasterKey_IsRefusedEveryTime()
    {
        await using (PortalHost server = await PortalHost.OpenSqliteAsync(_folder))
            await server.Get<UserService>().CreateAsync(Actor.Portal, new UserInput { UserId = "alice" }, Token);
        File.Delete(Path.Combine(_folder, "keys", "master.key"));
        for (int i = 0; i < 2; i++)
        {
            StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(() => PortalHost.OpenSqliteAsync(_folder));
            Assert.Contains("master.key was missing", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Change_ByAVerbOfAnotherProcess_IsKnownToTheServingOneWithinAPoll()
    {
        await using VerifyHost serving = await VerifyHost.StartAsync();
        await using Microsoft.AspNetCore.Builder.WebApplication verb = PortalApp.Create(
            ["--applicationName=ProxyPortal", $"--Portal:DataDirectory={serving.Services.GetRequiredService<DataDirectory>().Path}"], quiet: true);
        await verb.Services.GetRequiredService<UserService>().CreateAsync(Actor.Portal, new UserInput { UserId = "bob" }, Token);
        await BothDatabasesTests.EventuallyAsync(() => serving.Index.FindUser("bob") is not null);
    }

    [Fact]
    public async Task Start_OnADatabaseOfANewerRelease_IsRefused()
    {
        await using (PortalHost server = await PortalHost.OpenSqliteAsync(_folder))
        await using (PortalDbContext db = await server.OpenDatabaseAsync())
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('20990101000000_Future', '12.0.0')", Token);
        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(() => PortalHost.OpenSqliteAsync(_folder));
        Assert.Contains("newer release", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WhileAnotherProgramHoldsTheFile_EndsSoonWithAReason()
    {
        await using PortalHost server = await PortalHost.OpenSqliteAsync(_folder);
        using SqliteConnection other = SqliteFile.Open(Path.Combine(_folder, "portal.db"), SqliteOpenMode.ReadWrite);
        SqliteFile.Execute(other, "BEGIN IMMEDIATE");
        long start = TimeProvider.System.GetTimestamp();
        Exception? failure = await Record.ExceptionAsync(() => server.Get<UserService>().CreateAsync(Actor.Portal, new UserInput { UserId = "bob" }, Token));
        TimeSpan waited = TimeProvider.System.GetElapsedTime(start);
        SqliteFile.Execute(other, "ROLLBACK");
        Assert.IsType<DatabaseBusyException>(failure);
        Assert.InRange(waited.TotalSeconds, 2, 5);
        Assert.True((await server.Get<UserService>().CreateAsync(Actor.Portal, new UserInput { UserId = "bob" }, Token)).Succeeded);
    }

    private static string Pragma(SqliteConnection connection, string name)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the test itself.
        command.CommandText = $"PRAGMA {name}";
#pragma warning restore CA2100
        return command.ExecuteScalar()!.ToString()!;
    }
}
