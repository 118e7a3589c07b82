using System.Net.Sockets;

namespace ProxyPortal.Benchmarks.Load;

/// <summary>How a server is spoken to, as far as the client has to know: what carries a request, and what an answer means.</summary>
internal abstract class Dialect
{
    public virtual SocketType Carrier => SocketType.Stream;

    /// <summary>Null while bytes are missing. Requests are never pipelined, so nothing follows a whole answer.</summary>
    public abstract Verdict? Read(ReadOnlySpan<byte> received, PreparedRequest request);
}
