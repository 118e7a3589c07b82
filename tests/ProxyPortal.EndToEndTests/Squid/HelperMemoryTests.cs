using System.Collections.Concurrent;
using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>A helper stays under 30 MB resident, at its peak and at both of its extremes. Squid starts four of them.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HelperMemoryTests(HelperBinary binary) : IClassFixture<HelperBinary>
{
    private const long BoundKiB = 30 * 1024;
    private const int Channels = 200;

    // So many are asked at the same time over TLS; the rest waits in the helper.
    private const int Connections = 80;

    [Fact]
    public async Task TwoHundredSlowQuestionsOverTls_StayUnderTheBound()
    {
        using TestAuthority authority = new();
        Round round = new();
        await using FakePortal portal = new(request => round.AnswerAsync(request), certificate: authority.Certificate);
        await using HelperProcess helper = HelperProcess.Start(binary, authority.TrustedBesideTheSystems(), "basic", "--url", portal.Url, "--timeout", "30s", "--cache-ttl", "0s");
        for (int i = 0; i < 5; i++)
        {
            round = new Round();
            await helper.SendAsync(string.Concat(Enumerable.Range(0, Channels).Select(channel => $"{channel} user{channel} s3cret 192.0.2.1 3128\n")));
            for (int channel = 0; channel < Channels; channel++)
                Assert.Contains(" OK user=user", await helper.ReadLineAsync(), StringComparison.Ordinal);
        }

        Assert.InRange(helper.PeakKiB, 0, BoundKiB);
    }

    [Fact]
    public async Task MoreLoginsThanItRemembers_StayUnderTheBound()
    {
        // Twice what it remembers, so that every page of its memory was in use.
        const int Logins = 100_000;
        const int Outstanding = 200;
        static string Accept(SeenRequest request) =>
            $$"""{"result":"accepted","user":"{{request.UserId}}","device":"laptop","groups":["staff","engineering"],"validFor":600,"id":"01JABCDEFGHJKMNPQRSTVWXYZ0"}""";
        await using FakePortal portal = new(request => Task.FromResult(FakeAnswers.Json(200, Accept(request))))
        {
            AnswerBatch = batch => Task.FromResult(FakeAnswers.Json(200, $"[{string.Join(',', batch.Select(Accept))}]")),
        };
        await using HelperProcess helper = HelperProcess.Start(binary, "--url", portal.Url, "--timeout", "30s", "--grace", "15m", "--cache-ttl", "10m");
        ConcurrentBag<string> others = [];
        for (int first = 0; first < Logins; first += Outstanding)
        {
            await helper.SendAsync(string.Concat(Enumerable.Range(first, Outstanding).Select(i => $"{i} user{i:D6}%2blaptop s3cret{i} 192.0.2.1 3128\n")));
            for (int i = 0; i < Outstanding; i++)
            {
                string reply = await helper.ReadLineAsync();
                if (!reply.Contains(" OK user=user", StringComparison.Ordinal))
                    others.Add(reply);
            }
        }

        Assert.Empty(others);
        Assert.InRange(helper.PeakKiB, 0, BoundKiB);
        // The latest are remembered in spite of the bound.
        int asked = portal.Requests.Count + portal.Batches.Count;
        await helper.AskAsync($"1 user{Logins - 1:D6}%2blaptop s3cret{Logins - 1} 192.0.2.1 3128");
        await helper.AskAsync($"1 user{Logins - 10_000:D6}%2blaptop s3cret{Logins - 10_000} 192.0.2.1 3128");
        Assert.Equal(asked, portal.Requests.Count + portal.Batches.Count);
    }

    /// <summary>Answers nobody before every connection has its question.</summary>
    private sealed class Round
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _arrived;

        public async Task<string> AnswerAsync(SeenRequest request)
        {
            if (Interlocked.Increment(ref _arrived) == Connections)
                _all.SetResult();
            await _all.Task;
            return FakeAnswers.Accepted(request.UserId);
        }
    }
}
