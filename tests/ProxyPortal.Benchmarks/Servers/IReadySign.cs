using System.Net;
using System.Net.Sockets;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Servers;

/// <summary>How a server shows that it can be loaded.</summary>
internal interface IReadySign
{
    Task<bool> IsGivenAsync(CancellationToken cancellation);
}

/// <summary>It answers 200 here.</summary>
internal sealed record HttpReadySign(Uri Address) : IReadySign
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };

    public async Task<bool> IsGivenAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await Client.GetAsync(Address, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}

/// <summary>It gives a request the answer that it has to get.</summary>
internal sealed record AnswerReadySign(IPEndPoint Address, Dialect Dialect, PreparedRequest Request) : IReadySign
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task<bool> IsGivenAsync(CancellationToken cancellation) => Task.Run(IsGiven, cancellation);

    private bool IsGiven()
    {
        try
        {
            new LoadGenerator(Address, 1, Dialect) { Patience = Patience }.Run(RequestSequence.EachOnce(new[] { Request }), TimeSpan.MaxValue);
            return true;
        }
        catch (Exception failure) when (failure is SocketException or IOException or TimeoutException)
        {
            return false;
        }
    }
}
