using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

/// <summary>HTTP/2 streams that are opened and reset at once (CVE-2023-44487), on both listeners.</summary>
public sealed class RapidResetTests : IDisposable
{
    // As many as the server would have to take to be of no use: it ends the connection long before.
    private const int Streams = 200_000;
    private const int Batch = 100;
    private readonly string _certificate = Path.Combine(Directory.CreateTempSubdirectory("portal-test-").FullName, "portal.pfx");

    public RapidResetTests()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllBytes(_certificate, certificate.Export(X509ContentType.Pkcs12));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_certificate)!, recursive: true);

    [Theory]
    [InlineData("portal", 0x82, "/account/sign-in")]
    [InlineData("verify", 0x83, "/api/v1/verify")]
    public async Task Streams_ResetAtOnce_EndTheConnectionAndOthersAreServed(string listener, byte method, string path)
    {
        await using LimitedPortal portal = await LimitedPortal.StartAsync(_ => { }, _certificate);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, portal.PortOf(listener), TestContext.Current.CancellationToken);
        await using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
#pragma warning disable CA5359 // A certificate of the test's own.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        }, TestContext.Current.CancellationToken);
        Assert.Equal(SslApplicationProtocol.Http2, tls.NegotiatedApplicationProtocol);

        Task end = ReadToEndAsync(tls);
        Assert.True(await FloodAsync(tls, method, path, end), "every stream was taken");
        await end;
        await portal.AssertServesAsync();
    }

    /// <returns>Whether the server ended the connection while there was more to send.</returns>
    private static async Task<bool> FloodAsync(SslStream tls, byte method, string path, Task end)
    {
        byte[] block = [method, 0x87, 0x04, (byte)path.Length, .. Encoding.ASCII.GetBytes(path), 0x01, 9, .. "localhost"u8];
        try
        {
            await tls.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(4, 0, 0, [])], TestContext.Current.CancellationToken);
            for (int number = 0; number < Streams && !end.IsCompleted; number += Batch)
                await tls.WriteAsync((byte[])[.. Enumerable.Range(number, Batch).SelectMany(i => (byte[])[.. Frame(1, 0x5, 2 * i + 1, block), .. Frame(3, 0, 2 * i + 1, [0, 0, 0, 8])])], TestContext.Current.CancellationToken);
            return end.IsCompleted;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload) =>
        [0, (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, (byte)(stream >> 24), (byte)(stream >> 16), (byte)(stream >> 8), (byte)stream, .. payload];

    // Whatever the server says, until it closes.
    private static async Task ReadToEndAsync(SslStream tls)
    {
        byte[] buffer = new byte[1 << 14];
        try
        {
            while (await tls.ReadAsync(buffer, TestContext.Current.CancellationToken) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed without a farewell.
        }
    }
}
