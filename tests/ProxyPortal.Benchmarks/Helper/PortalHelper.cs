using System.Net;
using ProxyPortal.Benchmarks.Accounts;

namespace ProxyPortal.Benchmarks.Helper;

/// <summary>The command line of our helper.</summary>
internal static class PortalHelper
{
    public const int Concurrency = 200;

    // Longer than any run, and the longest the helper takes.
    private static readonly string[] Remembering = ["--cache-ttl", "60m", "--negative-ttl", "5m"];
    private static readonly string[] Asking = ["--cache-ttl", "0s", "--negative-ttl", "0s"];

    /// <param name="program">The published helper.</param>
    /// <param name="portal">The portal's verify listener.</param>
    /// <param name="keyFile">See <see cref="WriteKeyAsync"/>.</param>
    /// <param name="remembers">False: every look-up is asked of the portal.</param>
    public static IReadOnlyList<string> Command(string program, IPEndPoint portal, string keyFile, bool remembers) =>
    [
        program, "basic", "--url", $"http://{portal}", "--key-file", keyFile, "--endpoint", BootstrapFile.Endpoint,
        "--concurrency", $"{Concurrency}", .. remembers ? Remembering : Asking,
    ];

    public static async Task WriteKeyAsync(string path, AccountSet accounts, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(path, accounts.CallerKey + "\n", cancellation);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
