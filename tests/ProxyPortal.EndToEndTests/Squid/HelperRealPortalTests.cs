using System.Globalization;
using ProxyPortal.EndToEndTests.Processes;
using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>A real portal that is stopped, goes on, is killed and started again while lines keep coming. A portal of its own.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HelperRealPortalTests(HelperBinary binary, ProxyChain chain) : IClassFixture<HelperBinary>, IClassFixture<ProxyChain>
{
    private const int Lines = 64;

    [Fact]
    public async Task StoppedKilledAndBack_EveryLineIsAnsweredAndNobodyGetsInByIt()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string keyFile = HelperProcess.WriteKeyFile(ProxyChain.CallerKey, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using HelperProcess helper = HelperProcess.Start(
            binary, "--url", chain.Portal.VerifyUrl.ToString(), "--key-file", keyFile, "--endpoint", "hq", "--timeout", "1s", "--cache-ttl", "0s", "--negative-ttl", "0s");
        await UntilAllAnsweredAsync(helper, cancellationToken);

        await chain.Portal.StopAsync(cancellationToken);
        Assert.All(await AskAsync(helper), reply => Assert.StartsWith("BH ", reply, StringComparison.Ordinal));
        await chain.Portal.ContinueAsync(cancellationToken);
        // What it answered late, to lines long answered, is nobody's.
        await UntilAllAnsweredAsync(helper, cancellationToken);

        await helper.SendAsync(LinesOf());
        await chain.Portal.KillAsync();
        AssertNobodyGetsAnothers(await ReadAsync(helper));
        await chain.Portal.StartAgainAsync(cancellationToken);
        await UntilAllAnsweredAsync(helper, cancellationToken);
        Assert.Equal((0, ""), await helper.EndAsync());
        File.Delete(keyFile);
    }

    // Until the circuit has closed.
    private static async Task UntilAllAnsweredAsync(HelperProcess helper, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            string[] replies = await AskAsync(helper);
            AssertNobodyGetsAnothers(replies);
            if (!replies.Any(reply => reply.StartsWith("BH", StringComparison.Ordinal)))
                return;
            await ServerProcess.NextMomentAsync(patience.Token);
        }
    }

    // Unless nobody could tell, every even line is let in under its own name and every odd one, with its neighbour's secret, is not.
    private static void AssertNobodyGetsAnothers(string[] replies)
    {
        for (int i = 0; i < Lines; i++)
        {
            if (!replies[i].StartsWith("BH ", StringComparison.Ordinal))
                Assert.StartsWith(i % 2 == 0 ? $"OK user=crowd{i} " : "ERR code_=credential.rejected ", replies[i], StringComparison.Ordinal);
        }
    }

    private static async Task<string[]> AskAsync(HelperProcess helper)
    {
        await helper.SendAsync(LinesOf());
        return await ReadAsync(helper);
    }

    private static string LinesOf() => string.Concat(Enumerable.Range(0, Lines).Select(i => $"{i} crowd{i}+d {ProxyChain.CrowdSecret(i % 2 == 0 ? i : i - 1)} 192.0.2.1 3128\n"));

    private static async Task<string[]> ReadAsync(HelperProcess helper)
    {
        var replies = new Dictionary<int, string>();
        for (int i = 0; i < Lines; i++)
        {
            string[] reply = (await helper.ReadLineAsync()).Split(' ', 2);
            replies.Add(int.Parse(reply[0], CultureInfo.InvariantCulture), reply[1]);
        }

        return [.. Enumerable.Range(0, Lines).Select(i => replies[i])];
    }
}
