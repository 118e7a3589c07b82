using System.Net.Sockets;
using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>Pooled HTTP/1.1 keep-alive connections to one portal. Certificates are always checked; nothing in the environment and
/// nothing in an answer leads a password elsewhere: no proxy variables, no redirects, no cookies.</summary>
internal static class PortalConnection
{
    // Without a channel for each line a slow password hash at the portal would hold up everyone behind it.
    private const int MaxConnections = 256;

    public static HttpMessageInvoker Open(PortalUrl url, HelperSettings settings)
    {
        SocketsHttpHandler handler = new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = Math.Clamp(settings.Concurrency, 1, MaxConnections),
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 64 * 1024,
            ConnectTimeout = settings.Timeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            // Ends now and then, or a portal that moved to another address would never be noticed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (url.SocketPath is { } path)
        {
            handler.ConnectCallback = async (_, cancellation) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
        }

        return new HttpMessageInvoker(handler);
    }
}
