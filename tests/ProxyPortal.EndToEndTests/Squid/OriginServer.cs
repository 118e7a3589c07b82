using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>A web site on loopback behind the proxy: answers 200 to everything and keeps the requests it saw.</summary>
internal sealed class OriginServer : IDisposable
{
    private readonly TcpListener _listener;

    public OriginServer()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start(512);
        _ = AcceptAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>Request heads as they arrived.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            byte[] buffer = new byte[16 * 1024];
            int read = await stream.ReadAsync(buffer);
            Seen.Enqueue(Encoding.Latin1.GetString(buffer, 0, read));
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\norigin"u8.ToArray());
        }
    }
}
