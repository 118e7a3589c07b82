using Microsoft.Extensions.Options;

namespace ProxyPortal.Hosting;

/// <summary>The folder that holds everything of one portal, open to nobody else, and held by one serving process at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private FileStream? _lock;

    public DataDirectory(IOptions<PortalOptions> options)
    {
        Path = System.IO.Path.GetFullPath(options.Value.DataDirectory);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    /// <summary>Takes the folder's lock; the system frees it when the process ends, however it ends.</summary>
    /// <exception cref="StartRefusedException">Another process holds it.</exception>
    public void Lock()
    {
        string file = System.IO.Path.Combine(Path, "portal.lock");
        try
        {
            _lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StartRefusedException($"Another ProxyPortal is using {Path}. Stop it first, or give this one a Portal:DataDirectory of its own.");
        }
    }

    public void Dispose() => _lock?.Dispose();
}
