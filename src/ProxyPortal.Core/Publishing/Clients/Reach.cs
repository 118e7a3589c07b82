namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>The usual sets of transports.</summary>
internal static class Reach
{
    internal static readonly ProxyTransport[] Any = [ProxyTransport.Http, ProxyTransport.Https, ProxyTransport.Socks5];
    internal static readonly ProxyTransport[] WithoutSocks = [ProxyTransport.Http, ProxyTransport.Https];
    internal static readonly ProxyTransport[] WithoutTls = [ProxyTransport.Http, ProxyTransport.Socks5];
    internal static readonly ProxyTransport[] OnlyHttp = [ProxyTransport.Http];
}
