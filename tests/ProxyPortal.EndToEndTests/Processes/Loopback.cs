using System.Net;
using System.Net.Sockets;

namespace ProxyPortal.EndToEndTests.Processes;

internal static class Loopback
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until something accepts connections on <paramref name="port"/>, or <paramref name="process"/> has ended.</summary>
    public static async Task WaitForListenerAsync(int port, ServerProcess process, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            process.ThrowIfEnded();
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await ServerProcess.NextMomentAsync(cancellationToken);
            }
        }
    }
}
