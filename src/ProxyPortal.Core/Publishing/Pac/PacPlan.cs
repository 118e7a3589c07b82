namespace ProxyPortal.Core.Publishing.Pac;

/// <summary>Hosts and the way to them: through one of <see cref="Proxies"/>, the first that answers. Without a proxy: straight.</summary>
public sealed record PacRoute(IReadOnlyList<HostPattern> Hosts, IReadOnlyList<ProxyAddress> Proxies);

/// <summary>What a PAC file says. Of several that fit a host, the exceptions come first, then the routes in their order, then the rest.</summary>
/// <param name="Title">Stands in the first line, as a comment.</param>
/// <param name="Bypass">Hosts that are reached straight.</param>
/// <param name="BypassesPlainNames">Whether names without a dot are reached straight.</param>
/// <param name="Routes">Hosts with proxies of their own.</param>
/// <param name="Proxies">For all other hosts; the first that answers.</param>
/// <param name="FallsBackToDirect">Whether clients may go straight where no proxy answers.</param>
public sealed record PacPlan(
    string Title, IReadOnlyList<HostPattern> Bypass, bool BypassesPlainNames, IReadOnlyList<PacRoute> Routes, IReadOnlyList<ProxyAddress> Proxies, bool FallsBackToDirect)
{
    /// <summary>As many patterns as a file may hold: browsers read and compile it again and again.</summary>
    public const int MaxPatterns = 5000;

    /// <summary>What stands behind <c>return</c> for these proxies.</summary>
    public string ReturnOf(IReadOnlyList<ProxyAddress> proxies)
    {
        IEnumerable<string> tokens = proxies.Select(Token);
        if (proxies.Count == 0 || FallsBackToDirect)
            tokens = tokens.Append("DIRECT");
        return string.Join("; ", tokens);
    }

    private static string Token(ProxyAddress address) => address.Transport switch
    {
        ProxyTransport.Http => $"PROXY {address}",
        ProxyTransport.Https => $"HTTPS {address}",
        ProxyTransport.Socks5 => $"SOCKS5 {address}",
    };
}
