using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>Sends bytes as they are and reads until the server closes: HttpClient would correct what these tests want to send.</summary>
internal static class RawHttp
{
    /// <summary>Sends Latin-1 <paramref name="text"/>; the request must make the server close the connection.</summary>
    public static async Task<string> SendAsync(int port, string text)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
        return await ReadToEndAsync(socket);
    }

    public static async Task<string> ReadToEndAsync(Socket socket)
    {
        var answer = new StringBuilder();
        byte[] buffer = new byte[8192];
        try
        {
            while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset)
        {
            // The server closed while there was more to send: what it said is what counts.
        }
        return answer.ToString();
    }

    public static int StatusOf(string answer) => answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0;
}
