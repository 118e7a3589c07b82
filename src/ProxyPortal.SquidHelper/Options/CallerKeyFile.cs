namespace ProxyPortal.SquidHelper.Options;

/// <summary>The file with the caller key, the proxy's own credential at the portal.</summary>
internal static class CallerKeyFile
{
    private const UnixFileMode OthersMayRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const int MaxBytes = 4096;

    /// <summary>False with a sentence that says what is wrong and how to mend it; never with anything of the file's content.</summary>
    public static bool TryRead(string path, out string key, out string fault)
    {
        key = fault = "";
        try
        {
            using FileStream file = File.OpenRead(path);
            // Asked of the open file, so that it is the one that is read.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & OthersMayRead) is not 0)
            {
                fault = $"the key file {path} is readable by group or others: run chmod 600 on it, owned by the user that Squid runs as.";
                return false;
            }

            using StreamReader reader = new(file);
            char[] content = new char[MaxBytes + 1];
            int length = reader.ReadBlock(content);
            key = new string(content, 0, length).Trim();
            if (key.Length == 0)
                fault = $"the key file {path} is empty: put the proxy's caller key from the portal into it.";
            else if (length > MaxBytes || !key.All(c => char.IsBetween(c, '!', '~')))
                fault = $"the key file {path} does not hold a caller key: one line of visible ASCII characters is expected.";
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            fault = $"the key file {path} does not exist: put the proxy's caller key from the portal into it, mode 0600.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = $"the key file {path} cannot be read: it must be a file that belongs to the user that Squid runs as, mode 0600.";
        }

        return fault.Length == 0;
    }
}
