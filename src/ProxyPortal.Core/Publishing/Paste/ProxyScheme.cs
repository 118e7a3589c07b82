namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>The schemes of proxy URLs.</summary>
internal static class ProxyScheme
{
    private static readonly string[] Known = ["http", "https", "socks", "socks4", "socks4a", "socks5", "socks5h"];

    internal static bool IsKnown(string scheme) => Known.Contains(scheme);

    internal static bool Says(string scheme, ProxyTransport transport) => transport switch
    {
        ProxyTransport.Http => scheme == "http",
        ProxyTransport.Https => scheme == "https",
        ProxyTransport.Socks5 => scheme is "socks5" or "socks5h",
    };

    /// <summary>Host names are left to the proxy where the client knows <c>socks5h</c>.</summary>
    internal static string Of(ProxyTransport transport, bool knowsSocks5h) => transport switch
    {
        ProxyTransport.Http => "http",
        ProxyTransport.Https => "https",
        ProxyTransport.Socks5 => knowsSocks5h ? "socks5h" : "socks5",
    };
}
