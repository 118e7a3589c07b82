namespace ProxyPortal.Hosting;

/// <summary>Files that one process at a time holds. The system frees them when the process ends, however it ends.</summary>
internal static class LockFile
{
    /// <summary>Holds <paramref name="file"/> until the stream is closed; null when another process does.</summary>
    public static FileStream? TryHold(string file)
    {
        try
        {
            return Open(file, FileShare.None);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
    }

    /// <summary>Fails when the file cannot be made or written, but not when another process holds it.</summary>
    public static void Probe(string file)
    {
        try
        {
            using FileStream probe = Open(file, FileShare.ReadWrite);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
        }
    }

    // For its owner alone: whoever can open it can hold it.
    private static FileStream Open(string file, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(file, options);
    }

    // EWOULDBLOCK of flock, and Windows' sharing violation.
    private static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
