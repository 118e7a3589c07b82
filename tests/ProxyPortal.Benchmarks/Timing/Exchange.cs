using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Timing;

/// <summary>One kept-alive connection that asks and waits, as an attacker with a clock would.</summary>
internal sealed class Exchange : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _received = new byte[256 * 1024];
    private int _length;

    public Exchange(IPEndPoint server)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(server);
    }

    /// <summary>The last answer, whole.</summary>
    public ReadOnlySpan<byte> Answer => _received.AsSpan(0, _length);

    /// <returns>Milliseconds from sending to the end of the answer.</returns>
    public double Ask(byte[] request)
    {
        _length = 0;
        var sent = Stopwatch.GetTimestamp();
        _socket.Send(request);
        do
        {
            var count = _socket.Receive(_received.AsSpan(_length));
            if (count == 0) throw new IOException("The server closed the connection.");
            _length += count;
        }
        while (!HttpAnswer.TryRead(Answer, out _));
        return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
    }

    public void Dispose() => _socket.Dispose();
}
