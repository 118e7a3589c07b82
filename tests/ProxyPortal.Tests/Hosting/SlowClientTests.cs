using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ProxyPortal.Tests.Verification;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

/// <summary>Clients that hold connections and send next to nothing, with Kestrel's guards set to the shortest that it takes.</summary>
public sealed class SlowClientTests
{
    private const int Connections = 300;

    [Theory]
    [InlineData("slowloris", "portal")]
    [InlineData("slowloris", "verify")]
    public async Task Headers_ThatNeverEnd_AreCutOffAndOthersServed(string row, string listener)
    {
        await using LimitedPortal portal = await LimitedPortal.StartAsync(limits => limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1));
        Socket[] slow = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LimitedPortal.BeginAsync(portal.PortOf(listener), "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b")));
        await portal.AssertServesAsync();
        string[] ends = await Task.WhenAll(slow.Select(RawHttp.ReadToEndAsync));
        Assert.All(ends, end => Assert.True(RawHttp.StatusOf(end) is 408 or 0, $"{row}: {end}"));
        await portal.AssertServesAsync();
        Array.ForEach(slow, socket => socket.Dispose());
    }

    [Theory]
    [InlineData("slow body", "portal", "POST /account/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\nu")]
    [InlineData("slow body", "verify", "POST /api/v1/verify HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer canary-caller-0123456789-0123456789\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{")]
    public async Task Body_ThatNeverComes_IsCutOffAndOthersServed(string row, string listener, string request)
    {
        // Longer than the beat at which Kestrel looks: a shorter one it does not take.
        await using LimitedPortal portal = await LimitedPortal.StartAsync(limits => limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(1.1)));
        Socket[] slow = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LimitedPortal.BeginAsync(portal.PortOf(listener), request)));
        await portal.AssertServesAsync();
        string[] ends = await Task.WhenAll(slow.Select(RawHttp.ReadToEndAsync));
        Assert.All(ends, end => Assert.True(RawHttp.StatusOf(end) is 408 or 0, $"{row}: {end}"));
        await portal.AssertServesAsync();
        Array.ForEach(slow, socket => socket.Dispose());
    }

    [Theory]
    [InlineData("portal")]
    [InlineData("verify")]
    public async Task Connections_BeyondTheLimit_AreClosedAtOnce(string listener)
    {
        await using LimitedPortal portal = await LimitedPortal.StartAsync(limits => limits.MaxConcurrentConnections = 20);
        // Which of them is one too many, the server decides: they come at the same time.
        Socket[] all = await Task.WhenAll(Enumerable.Range(0, 21).Select(_ => LimitedPortal.BeginAsync(portal.PortOf(listener), "G")));
        Task<string> first = await Task.WhenAny(all.Select(RawHttp.ReadToEndAsync));
        Assert.Equal("", await first);
        Array.ForEach(all, socket => socket.Dispose());
    }
}
