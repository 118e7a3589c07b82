using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using ProxyPortal.Data;
using ProxyPortal.Tests.Bootstrap;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

[Trait("Category", "EndToEnd"), Trait("Database", "Sqlite")]
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pp-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("serv")]
    [InlineData("--bogus")]
    [InlineData("bootstrap")]
    [InlineData("bootstrap apply")]
    [InlineData("bootstrap apply --hepl")]
    [InlineData("backup a b")]
    [InlineData("admin reset")]
    [InlineData("user")]
    [InlineData("user import")]
    [InlineData("user import users.csv")]
    [InlineData("user import users.csv --format xlsx")]
    [InlineData("audit")]
    [InlineData("audit verify all")]
    public async Task Run_WrongUsage_Ends2AndSaysWhy(string line)
    {
        PortalOutcome outcome = await PortalProcess.RunAsync(_folder, line.Split(' '));
        Assert.Equal(2, outcome.ExitCode);
        Assert.NotEmpty(outcome.Errors);
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve --help")]
    [InlineData("bootstrap apply --help")]
    [InlineData("admin reset --help")]
    [InlineData("audit verify --help")]
    [InlineData("migrate --help")]
    [InlineData("backup --help")]
    [InlineData("restore --help")]
    [InlineData("user import --help")]
    public async Task Run_Help_Ends0(string line)
    {
        PortalOutcome outcome = await PortalProcess.RunAsync(_folder, line.Split(' '));
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.Contains("Usage:", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TellsWhatItWouldDo_NamesFaultsByLine_AndImports()
    {
        await ApplySampleAsync();
        string file = Path.Combine(_folder, "users.csv");
        await File.WriteAllTextAsync(file, "userId,email\ncarol,carol@example.test\ndave,nobody\n", Token);
        PortalOutcome faulty = await PortalProcess.RunAsync(_folder, "user", "import", file, "--format", "csv");
        Assert.Equal((1, ""), (faulty.ExitCode, faulty.Output));
        Assert.StartsWith($"{file}:3: email: Give one mail address", faulty.Errors, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "userId,email\ncarol,carol@example.test\n", Token);
        PortalOutcome dry = await PortalProcess.RunAsync(_folder, "user", "import", file, "--format", "csv", "--dry-run");
        Assert.Equal((0, $"{file}: 1 would be added, 0 would be updated, 0 left as they are.\n"), (dry.ExitCode, dry.Output));
        PortalOutcome done = await PortalProcess.RunAsync(_folder, "user", "import", file, "--format", "csv");
        Assert.Equal((0, $"{file}: 1 added, 0 updated, 0 left as they are.\n"), (done.ExitCode, done.Output));
        PortalOutcome again = await PortalProcess.RunAsync(_folder, "user", "import", file, "--format", "csv");
        Assert.Equal(1, again.ExitCode);
    }

    [Fact]
    public async Task AuditVerify_NamesTheFirstEntryThatWasChanged()
    {
        await ApplySampleAsync();
        PortalOutcome whole = await PortalProcess.RunAsync(_folder, "audit", "verify");
        Assert.Equal((0, ""), (whole.ExitCode, whole.Errors));
        Assert.Matches(@"\A\d+ entries are as they were written\. The latest is \d+ [0-9a-f]{64}\n\z", whole.Output);
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "data", "portal.db")};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER audit_entries_no_update; UPDATE audit_entries SET actor_name = 'mallory' WHERE id = 3";
            await command.ExecuteNonQueryAsync(Token);
        }
        PortalOutcome broken = await PortalProcess.RunAsync(_folder, "audit", "verify");
        Assert.Equal((1, ""), (broken.ExitCode, broken.Output));
        Assert.StartsWith("Entry 3 ", broken.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rescue_OfAnAdministrator_PrintsOneLinkAndOthersAreRefused()
    {
        await ApplySampleAsync();
        PortalOutcome admin = await PortalProcess.RunAsync(_folder, "admin", "reset", "ADMIN", "--Portal:PublicUrl=https://portal.example.test");
        Assert.Equal(0, admin.ExitCode);
        Assert.Matches(@"\Ahttps://portal\.example\.test/account/sign-in-link\?token=[\w-]{43}\n\z", admin.Output);
        foreach (string other in new List<string> { "alice", "nobody" })
        {
            PortalOutcome refused = await PortalProcess.RunAsync(_folder, "admin", "reset", other);
            Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
            Assert.Contains(other, refused.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Restore_OfABackup_BringsTheDataBackEndsSessionsAndKeepsTheFormer()
    {
        await ApplySampleAsync();
        Assert.Equal(0, (await PortalProcess.RunAsync(_folder, "backup", "copy.db")).ExitCode);
        string copy = Path.Combine(_folder, "copy.db");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        string stamp = Query(copy, "SELECT security_stamp FROM users WHERE user_name = 'alice'");
        string database = Path.Combine(_folder, "data", "portal.db");
        await File.WriteAllTextAsync(Path.Combine(_folder, "more.json"), """{ "users": [ { "userId": "bob" } ] }""", Token);
        Assert.Equal(0, (await PortalProcess.RunAsync(_folder, "bootstrap", "apply", "more.json")).ExitCode);

        PortalOutcome restored = await PortalProcess.RunAsync(_folder, "restore", "copy.db");
        Assert.Equal(0, restored.ExitCode);
        Assert.Contains("keys", restored.Errors, StringComparison.Ordinal);
        Assert.Equal("2", Query(database, "SELECT count(*) || '' FROM users"));
        Assert.NotEqual(stamp, Query(database, "SELECT security_stamp FROM users WHERE user_name = 'alice'"));
        string kept = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "data"), "portal.db.before-*"));
        Assert.Equal("3", Query(kept, "SELECT count(*) || '' FROM users"));
        await ApplySampleAsync();
    }

    [Fact]
    public async Task Restore_OfWhatIsNoGoodBackup_IsRefusedAndChangesNothing()
    {
        await ApplySampleAsync();
        await PortalProcess.RunAsync(_folder, "backup", "copy.db");
        byte[] good = await File.ReadAllBytesAsync(Path.Combine(_folder, "copy.db"), Token);
        byte[] database = await File.ReadAllBytesAsync(Path.Combine(_folder, "data", "portal.db"), Token);
        await File.WriteAllTextAsync(Path.Combine(_folder, "text.db"), "not a database, only some text", Token);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "cut.db"), good[..(good.Length / 2)], Token);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "newer.db"), good, Token);
        using (SqliteConnection newer = SqliteFile.Open(Path.Combine(_folder, "newer.db"), SqliteOpenMode.ReadWrite))
            SqliteFile.Execute(newer, "INSERT INTO \"__EFMigrationsHistory\" VALUES ('20990101000000_Future', '12.0.0')");
        foreach (string bad in new List<string> { "text.db", "cut.db", "newer.db", "none.db" })
        {
            PortalOutcome refused = await PortalProcess.RunAsync(_folder, "restore", bad);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains(bad, refused.Errors, StringComparison.Ordinal);
        }
        Assert.Equal(database, await File.ReadAllBytesAsync(Path.Combine(_folder, "data", "portal.db"), Token));
    }

    [Fact]
    public async Task Serve_PortInUseOrDirectoryUnusable_EndsWithOneSentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        PortalOutcome port = await PortalProcess.RunAsync(_folder, $"--Kestrel:Endpoints:Verify:Url=http://{taken.LocalEndpoint}", "--Kestrel:Endpoints:Portal:Url=http://127.0.0.1:0");
        Assert.Equal(1, port.ExitCode);
        Assert.Contains("address already in use", port.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", port.Errors + port.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "", Token);
        PortalOutcome directory = await PortalProcess.RunAsync(Path.Combine(_folder), "serve", $"--ConnectionStrings:Portal=Data Source={_folder}/file/x.db");
        Assert.Equal(1, directory.ExitCode);
        Assert.DoesNotContain("   at ", directory.Errors + directory.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WhileItRuns_VerbsThatNeedNoLockWorkAndASecondServerIsRefused()
    {
        await ApplySampleAsync();
        using Process server = PortalProcess.Start(_folder, "--Kestrel:Endpoints:Verify:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:Portal:Url=http://127.0.0.1:0");
        try
        {
            while (await server.StandardOutput.ReadLineAsync(Token) is { } line && !line.StartsWith("Verify ", StringComparison.Ordinal))
            {
            }
            Assert.Equal(0, (await PortalProcess.RunAsync(_folder, "admin", "reset", "admin")).ExitCode);
            Assert.Equal(0, (await PortalProcess.RunAsync(_folder, "backup", "copy.db")).ExitCode);
            await ApplySampleAsync();
            Assert.Contains("Another ProxyPortal", (await PortalProcess.RunAsync(_folder, "restore", "copy.db")).Errors, StringComparison.Ordinal);
            Assert.Equal(1, (await PortalProcess.RunAsync(_folder, "serve")).ExitCode);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(CancellationToken.None);
        }
    }

    private async Task ApplySampleAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "sample.json"), BootstrapSample.Json, Token);
        PortalOutcome outcome = await PortalProcess.RunAsync(_folder, "bootstrap", "apply", "sample.json");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
    }

    private static string Query(string file, string sql)
    {
        using SqliteConnection connection = SqliteFile.Open(file, SqliteOpenMode.ReadOnly);
        return SqliteFile.Rows(connection, sql).Single();
    }
}
