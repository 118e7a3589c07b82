using Microsoft.Extensions.Options;

namespace ProxyPortal.Hosting;

/// <summary>The folder that holds everything of one portal, open to nobody else, and held by one serving process at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private FileStream? _lock;

    public DataDirectory(IOptions<PortalOptions> options)
    {
        Path = System.IO.Path.GetFullPath(options.Value.DataDirectory);
        try
        {
            PrivateFiles.CreateDirectory(Path);
            // Held by a serving portal: what that means is for Lock to say.
            LockFile.Probe(LockPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data directory {Path} (Portal:DataDirectory) cannot be written: {exception.Message}");
        }
    }

    public string Path { get; }

    private string LockPath => System.IO.Path.Combine(Path, "portal.lock");

    /// <summary>Takes the folder's lock; the system frees it when the process ends, however it ends.</summary>
    /// <exception cref="StartRefusedException">Another process holds it.</exception>
    public void Lock() => _lock ??= LockFile.TryHold(LockPath)
        ?? throw new StartRefusedException($"Another ProxyPortal is using {Path}. Stop it first, or give this one a Portal:DataDirectory of its own.");

    public void Dispose() => _lock?.Dispose();
}
