using System.Diagnostics;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Helper;

/// <summary>A password file for basic_ncsa_auth.</summary>
internal static class CryptFile
{
    /// <param name="path">Where to.</param>
    /// <param name="users">Who.</param>
    /// <param name="form">As openssl-passwd calls it: <c>-6</c> for SHA-512 crypt, <c>-apr1</c> for what htpasswd writes.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task WriteAsync(string path, IReadOnlyList<KnownUser> users, string form, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Programs.Find("openssl")!, ["passwd", form, "-stdin"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        foreach (var user in users) await process.StandardInput.WriteLineAsync(user.Password);
        process.StandardInput.Close();
        var hashes = (await process.StandardOutput.ReadToEndAsync(cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(cancellation);
        await File.WriteAllLinesAsync(path, users.Zip(hashes, (user, hash) => $"{user.UserId}:{hash}"), cancellation);
    }
}
