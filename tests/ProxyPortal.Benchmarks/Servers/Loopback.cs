using System.Net;
using System.Net.Sockets;

namespace ProxyPortal.Benchmarks.Servers;

/// <summary>Free ports, so that nothing else on the machine is in the way.</summary>
internal static class Loopback
{
    public static IPEndPoint FreeAddress(SocketType carrier = SocketType.Stream)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, carrier, ProtocolType.Unspecified);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)probe.LocalEndPoint!;
    }
}
