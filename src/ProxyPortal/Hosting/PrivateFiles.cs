namespace ProxyPortal.Hosting;

/// <summary>Files and folders for the portal's own account alone. Those that exist already are closed to others, because a restored or
/// mounted one comes with whatever mode it had.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="StartRefusedException">The folder is shared: everyone may write into it.</exception>
    public static string CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(path).FullName;
        string full = Directory.CreateDirectory(path, Owner).FullName;
        if ((File.GetUnixFileMode(full) & UnixFileMode.StickyBit) != 0)
            throw new StartRefusedException($"{full} is shared by many accounts. Give the portal a folder of its own.");
        try
        {
            Close(full);
        }
        catch (UnauthorizedAccessException)
        {
            // A mounted volume may belong to root and be ours by its group: what lies in it is private by itself.
            if ((File.GetUnixFileMode(full) & UnixFileMode.OtherWrite) != 0)
                throw new StartRefusedException($"Everyone can write to {full}, and it belongs to another account. Give the portal a folder of its own.");
        }
        return full;
    }

    /// <summary>Makes an empty file if there is none, and closes the one that there is.</summary>
    public static void Create(string file)
    {
        if (OperatingSystem.IsWindows())
            return;
        if (!File.Exists(file))
            new FileStream(file, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        Tighten(file);
    }

    /// <summary>Closes a file to others, where there is one that is ours.</summary>
    public static void Tighten(string file)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(file))
            return;
        try
        {
            Close(file);
        }
        catch (UnauthorizedAccessException)
        {
            // Mounted from elsewhere, to be read only.
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Close(string path)
    {
        UnixFileMode mode = File.GetUnixFileMode(path);
        if ((mode & ~Owner) != 0)
            File.SetUnixFileMode(path, mode & Owner);
    }
}
