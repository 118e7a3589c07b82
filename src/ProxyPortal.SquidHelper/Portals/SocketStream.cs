using System.Net.Sockets;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>Nothing has arrived; see <see cref="SocketStream"/>.</summary>
internal sealed class NothingArrivedException : IOException;

/// <summary>What TLS reads from. <see cref="System.Net.Security.SslStream"/> waits without a buffer only until the first bytes; if those were
/// none of ours (the tickets that a server sends after each handshake), it goes on waiting with 32 KiB in its hands, for each connection.
/// Here such a read fails instead, and whoever reads waits by <see cref="WaitAsync"/> and tries again.</summary>
internal sealed class SocketStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>Off during the handshake, which cannot be tried again.</summary>
    public bool NeverWaits { get; set; }

    /// <summary>Until something has arrived.</summary>
    public async ValueTask WaitAsync() => _ = await base.ReadAsync(Memory<byte>.Empty, CancellationToken.None);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        NeverWaits && !buffer.IsEmpty && !Socket.Poll(0, SelectMode.SelectRead)
            ? ValueTask.FromException<int>(new NothingArrivedException())
            : base.ReadAsync(buffer, cancellationToken);
}
