namespace ProxyPortal.Benchmarks.Servers;

/// <summary>Where the programs of others lie, if they are installed.</summary>
internal static class Programs
{
    private static readonly string[] Places = ["/usr/sbin", "/usr/bin", "/usr/lib/squid", "/usr/local/sbin", "/usr/local/bin"];

    public static string? Find(string name) =>
        Places.Select(place => Path.Combine(place, name)).FirstOrDefault(File.Exists);
}
