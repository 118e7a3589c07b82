using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ProxyPortal.Benchmarks.Load;

/// <summary>One kept-alive connection with at most one request on its way.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _received = new byte[16 * 1024];
    private readonly Dialect _dialect;
    private int _length;

    public Connection(IPEndPoint server, Dialect dialect)
    {
        _dialect = dialect;
        _socket = new Socket(server.AddressFamily, dialect.Carrier, ProtocolType.Unspecified);
        if (dialect.Carrier == SocketType.Stream) _socket.NoDelay = true;
        _socket.Connect(server);
        // Not to wait less - poll(2) says when to read - but to have each call go straight to the system.
        _socket.Blocking = false;
    }

    public int Descriptor => (int)_socket.Handle;

    public PreparedRequest Pending { get; private set; } = null!;

    public long SentAt { get; private set; }

    public void Send(PreparedRequest request)
    {
        Pending = request;
        _length = 0;
        SentAt = Stopwatch.GetTimestamp();
        if (_socket.Send(request.Bytes) != request.Bytes.Length) throw new IOException("A request was not sent as a whole.");
    }

    /// <summary>All of the answer that has arrived, to show it when it is wrong.</summary>
    public ReadOnlySpan<byte> Received => _received.AsSpan(0, _length);

    /// <summary>Reads what has arrived: the answer's meaning once it is whole, null before.</summary>
    public Verdict? Receive()
    {
        var count = _socket.Receive(_received.AsSpan(_length), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return null;
        if (error != SocketError.Success) throw new SocketException((int)error);
        if (count == 0) throw new IOException("The server closed the connection (or its answer exceeds 16 KiB).");
        _length += count;
        return _dialect.Read(Received, Pending);
    }

    public void Dispose() => _socket.Dispose();
}
