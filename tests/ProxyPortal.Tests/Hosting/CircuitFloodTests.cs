using System.Net;
using System.Net.WebSockets;
using System.Text;
using ProxyPortal.Tests.Verification;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

/// <summary>Circuits in numbers and sizes that no page opens.</summary>
public sealed class CircuitFloodTests
{
    private const int Limit = 20;

    // A code that MessagePack does not use.
    private static readonly byte[] Garbage = [0xC1, 0xC1, 0xC1];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // "anonymous circuit flood": nobody who is not signed in gets a connection at all, so the flood ends at the door.
    [Fact]
    public async Task Flood_OfNobody_OpensNothingAndOthersAreServed()
    {
        await using LimitedPortal portal = await LimitedPortal.StartAsync(limits => limits.MaxConcurrentUpgradedConnections = Limit);
        string[] requests =
        [
            "POST /_blazor/negotiate?negotiateVersion=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            "GET /_blazor HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        ];
        for (int wave = 0; wave < 10; wave++)
        {
            string[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => RawHttp.SendAsync(portal.PortalPort, requests[i % 2])));
            Assert.All(answers, answer => Assert.True(RawHttp.StatusOf(answer) is 302 or 401, answer));
        }
        await portal.AssertServesAsync();
    }

    [Fact]
    public async Task Flood_OfSomeoneSignedIn_EndsAtTheLimitAndOthersAreServed()
    {
        await using LimitedPortal portal = await LimitedPortal.StartAsync(limits => limits.MaxConcurrentUpgradedConnections = Limit);
        CookieContainer cookies = await portal.SignInAsync();
        var open = new List<ClientWebSocket>();
        for (int i = 0; i < Limit; i++)
            open.Add((await ConnectAsync(portal, cookies)).Socket);
        for (int i = 0; i < Limit; i++)
        {
            (ClientWebSocket socket, HttpStatusCode refused) = await ConnectAsync(portal, cookies);
            Assert.True(refused is not HttpStatusCode.SwitchingProtocols && (int)refused < 500, $"{i}: {refused}");
            socket.Dispose();
        }
        await portal.AssertServesAsync();
        open.ForEach(socket => socket.Dispose());
    }

    // MaximumReceiveMessageSize is 32 KB: what is larger was made by no page. Depth: CVE-2026-45591.
    [Theory]
    [InlineData("hub message > 32 KB")]
    [InlineData("deep nested MessagePack")]
    [InlineData("garbage")]
    public async Task Message_ThatNoPageSends_ClosesTheConnection(string row)
    {
        await using LimitedPortal portal = await LimitedPortal.StartAsync(_ => { });
        (ClientWebSocket socket, _) = await ConnectAsync(portal, await portal.SignInAsync());
        using (socket)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, Token);
            byte[] buffer = new byte[1024];
            WebSocketReceiveResult handshake = await socket.ReceiveAsync(buffer, Token);
            Assert.Equal("{}\u001e", Encoding.UTF8.GetString(buffer, 0, handshake.Count));
            await socket.SendAsync(row switch
            {
                "hub message > 32 KB" => Framed([0x95, 0x01, 0x80, 0xC0, 0xA1, (byte)'x', 0x91, 0xC6, 0x00, 0x00, 0xA0, 0x00, .. new byte[0xA000]]),
                // What nobody asked for is skipped, however deep it goes; the garbage behind it shows that it was read.
                "deep nested MessagePack" => [.. Framed([0x95, 0x01, 0x80, 0xC0, 0xA1, (byte)'x', .. Enumerable.Repeat((byte)0x91, 20_000), 0xC0]), .. Framed(Garbage)],
                _ => Framed(Garbage),
            }, WebSocketMessageType.Binary, true, Token);
            await AssertClosesAsync(socket, buffer);
        }
        await portal.AssertServesAsync();
    }

    private static async Task AssertClosesAsync(ClientWebSocket socket, byte[] buffer)
    {
        try
        {
            while ((await socket.ReceiveAsync(buffer, Token)).MessageType is not WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Cut off without a farewell.
        }
        Assert.NotEqual(WebSocketState.Open, socket.State);
    }

    // SignalR's binary messages begin with their length, seven bits in each byte.
    private static byte[] Framed(byte[] message)
    {
        var length = new List<byte>();
        for (int rest = message.Length; ; rest >>= 7)
        {
            length.Add((byte)(rest > 0x7F ? (rest & 0x7F) | 0x80 : rest));
            if (rest <= 0x7F)
                return [.. length, .. message];
        }
    }

    private static async Task<(ClientWebSocket Socket, HttpStatusCode Refused)> ConnectAsync(LimitedPortal portal, CookieContainer cookies)
    {
        var socket = new ClientWebSocket { Options = { Cookies = cookies, CollectHttpResponseDetails = true } };
        socket.Options.SetRequestHeader("Origin", $"http://127.0.0.1:{portal.PortalPort}");
        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{portal.PortalPort}/_blazor"), Token);
            return (socket, HttpStatusCode.SwitchingProtocols);
        }
        catch (WebSocketException)
        {
            return (socket, socket.HttpStatusCode);
        }
    }
}
