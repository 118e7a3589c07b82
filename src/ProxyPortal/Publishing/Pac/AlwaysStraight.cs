using ProxyPortal.Core.Publishing.Pac;

namespace ProxyPortal.Publishing.Pac;

/// <summary>What is reached without a proxy whatever anybody wrote: the device itself, and the portal, which has to be there when the proxy is not.</summary>
internal static class AlwaysStraight
{
    private const string Loopback = "127.0.0.1";

    /// <summary>As the texts for clients name them, of which few know networks.</summary>
    public static IReadOnlyList<string> Hosts(string publicUrl) => [.. new[] { "localhost", Loopback, "::1", new Uri(publicUrl).IdnHost }.Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>As PAC files name them.</summary>
    public static IEnumerable<HostPattern> Patterns(string publicUrl) =>
        Hosts(publicUrl).Select(host => HostPattern.Parse(host == Loopback ? "127.0.0.0/8" : host)).Where(parsed => parsed.Succeeded).Select(parsed => parsed.Value);
}
