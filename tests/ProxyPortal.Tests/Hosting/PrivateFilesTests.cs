using System.Runtime.Versioning;
using ProxyPortal.Hosting;
using ProxyPortal.Tests.Data;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

/// <summary>What lies in the data directory is for the portal's account alone, whoever made the directory.</summary>
[UnsupportedOSPlatform("windows")]
[Trait("Database", "Sqlite")]
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private readonly string _folder = Directory.CreateTempSubdirectory("portal-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Start_FolderAndKeysOpenToOthers_AreClosed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        const UnixFileMode open = (UnixFileMode)0b111_101_101;
        string keys = Directory.CreateDirectory(Path.Combine(_folder, "keys")).FullName;
        File.WriteAllBytes(Path.Combine(keys, "master.key"), new byte[32]);
        File.WriteAllBytes(Path.Combine(_folder, "portal.db"), []);
        foreach (string path in (string[])[_folder, keys, Path.Combine(keys, "master.key"), Path.Combine(_folder, "portal.db")])
            File.SetUnixFileMode(path, open);
        await using PortalHost portal = await PortalHost.StartAsync(new PortalStart { Folder = _folder, Database = TestDatabase.SqliteIn(_folder) });
        await portal.AddUserAsync("alice", password: null);
        foreach (string path in (string[])[_folder, keys, Path.Combine(keys, "sessions")])
            Assert.Equal((path, (UnixFileMode)0), (path, File.GetUnixFileMode(path) & Others));
        foreach (string path in (string[])[Path.Combine(keys, "master.key"), .. Directory.GetFiles(_folder, "portal.db*")])
            Assert.Equal((path, (UnixFileMode)0), (path, File.GetUnixFileMode(path) & Others));
    }

    [Fact]
    public async Task Start_NewFolder_HoldsNoDatabaseThatOthersCanRead()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        string folder = Path.Combine(_folder, "new");
        await using PortalHost portal = await PortalHost.StartAsync(new PortalStart { Folder = folder, Database = TestDatabase.SqliteIn(folder) });
        await portal.AddUserAsync("alice", password: null);
        string[] files = Directory.GetFiles(folder, "portal.db*");
        Assert.NotEmpty(files);
        Assert.All([folder, portal.Get<DataDirectory>().Path, .. files], path => Assert.Equal((path, (UnixFileMode)0), (path, File.GetUnixFileMode(path) & Others)));
    }

    [Fact]
    public void Start_FolderSharedByEveryone_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        File.SetUnixFileMode(_folder, (UnixFileMode)0b1_111_111_111);
        StartRefusedException refusal = Assert.Throws<StartRefusedException>(() => PrivateFiles.CreateDirectory(_folder));
        Assert.Contains("shared", refusal.Message, StringComparison.Ordinal);
    }
}
