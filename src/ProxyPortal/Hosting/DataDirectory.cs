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
            using FileStream probe = Open(FileShare.ReadWrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Held by a serving portal: what that means is for Lock to say.
            if (!IsHeld(exception))
                throw new StartRefusedException($"The data directory {Path} (Portal:DataDirectory) cannot be written: {exception.Message}");
        }
    }

    public string Path { get; }

    /// <summary>Takes the folder's lock; the system frees it when the process ends, however it ends.</summary>
    /// <exception cref="StartRefusedException">Another process holds it.</exception>
    public void Lock()
    {
        if (_lock is not null)
            return;
        try
        {
            _lock = Open(FileShare.None);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new StartRefusedException($"Another ProxyPortal is using {Path}. Stop it first, or give this one a Portal:DataDirectory of its own.");
        }
    }

    public void Dispose() => _lock?.Dispose();

    private FileStream Open(FileShare share) => new(System.IO.Path.Combine(Path, "portal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, share);

    // EWOULDBLOCK of flock, and Windows' sharing violation.
    private static bool IsHeld(Exception exception) => exception is IOException { HResult: 11 or 35 or unchecked((int)0x80070020) };
}
