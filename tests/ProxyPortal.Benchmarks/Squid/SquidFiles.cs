using System.Diagnostics;

namespace ProxyPortal.Benchmarks.Squid;

/// <summary>Started as root, Squid becomes its own user, who has to reach its files; the caller key may be that user's alone.</summary>
internal static class SquidFiles
{
    private const UnixFileMode OthersMayPass = (UnixFileMode)0b111_001_001;

    public static async Task HandOverAsync(string user, string path, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess) return;
        File.SetUnixFileMode(Path.GetDirectoryName(path)!, OthersMayPass);
        using var chown = Process.Start("chown", ["-R", $"{user}:", path]);
        await chown.WaitForExitAsync(cancellation);
    }
}
