using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Data;

/// <summary>Kills a process that saves users, at random moments: what it acknowledged is there, and nothing is half there.</summary>
[Trait("Category", "EndToEnd"), Trait("Database", "Sqlite")]
public sealed class KillTests
{
    private const string FolderVariable = "PROXYPORTAL_KILL_TEST";
    private const int Kills = 12;
    private const int LongestLifeMilliseconds = 400;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_AtRandomMoments_LosesNothingThatWasAcknowledged()
    {
        string folder = Directory.CreateTempSubdirectory("pp-kill-").FullName;
        string acknowledged = Path.Combine(folder, "acknowledged");
        await File.WriteAllTextAsync(acknowledged, "", Token);
        var random = new Random(20261124);
        for (int round = 0; round < Kills; round++)
            await RunAndKillAsync(folder, acknowledged, random.Next(LongestLifeMilliseconds));

        await using (PortalHost server = await PortalHost.OpenSqliteAsync(folder))
        await using (PortalDbContext db = await server.OpenDatabaseAsync())
        {
            HashSet<string> present = [.. await db.Users.Select(user => user.UserName!).ToListAsync(Token)];
            string[] promised = await File.ReadAllLinesAsync(acknowledged, Token);
            Assert.True(promised.Length > Kills, $"{promised.Length} saves");
            Assert.Empty(promised.Except(present));
            // User, audit entry, link and feed row are one transaction.
            Assert.Equal((present.Count, present.Count, present.Count),
                (await db.AuditEntries.CountAsync(Token), await db.OneTimeLinks.CountAsync(Token), await db.DirectoryChanges.CountAsync(Token)));
            using SqliteConnection connection = SqliteFile.Open(Path.Combine(folder, "portal.db"), SqliteOpenMode.ReadWrite);
            Assert.Null(SqliteFile.FindDamage(connection));
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The process that is killed: saves users one after the other and writes down each one that was acknowledged.</summary>
    [Fact(Explicit = true)]
    public async Task Writer()
    {
        string folder = Environment.GetEnvironmentVariable(FolderVariable) ?? throw new InvalidOperationException("Runs only as a child of the test above.");
        await using PortalHost server = await PortalHost.OpenSqliteAsync(folder);
        UserService users = server.Get<UserService>();
        for (int i = 0; ; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"u{Environment.ProcessId}-{i}");
            if ((await users.CreateAsync(Actor.Portal, new UserInput { UserId = name }, Token)).Succeeded)
                await File.AppendAllTextAsync(Path.Combine(folder, "acknowledged"), name + "\n", Token);
        }
    }

    private static async Task RunAndKillAsync(string folder, string acknowledged, int milliseconds)
    {
        long before = new FileInfo(acknowledged).Length;
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ProxyPortal.Tests"), ["-explicit", "only", "-method", $"{typeof(KillTests).FullName}.{nameof(Writer)}", "-noColor"])
        {
            Environment = { [FolderVariable] = folder },
            RedirectStandardOutput = true,
        };
        using Process writer = Process.Start(start)!;
        Task<string> output = writer.StandardOutput.ReadToEndAsync(Token);
        try
        {
            while (new FileInfo(acknowledged).Length == before && !writer.HasExited)
                await Task.Delay(10, Token);
            await Task.Delay(milliseconds, Token);
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync(CancellationToken.None);
        }
        Assert.True(new FileInfo(acknowledged).Length > before, await output);
    }
}
