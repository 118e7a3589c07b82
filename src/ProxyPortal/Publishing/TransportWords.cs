using Microsoft.Extensions.Localization;
using ProxyPortal.Core.Publishing;

namespace ProxyPortal.Publishing;

/// <summary>How one speaks to a proxy, in the reader's words.</summary>
internal static class TransportWords
{
    public static string Transport(this IStringLocalizer<ConnectTexts> T, ProxyTransport transport) => transport switch
    {
        ProxyTransport.Http => T["HTTP proxy"],
        ProxyTransport.Https => T["HTTPS proxy, encrypted on the way"],
        ProxyTransport.Socks5 => T["SOCKS5 proxy"],
    };
}
