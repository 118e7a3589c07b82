using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>What happens at the proxy while the portal is away. A chain of its own, because it is broken on purpose.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PortalOutageTests(ProxyChain chain) : IClassFixture<ProxyChain>
{
    [Fact]
    public async Task PortalStopped_RefusesWithoutEndingSquid_AndGoesOnWhenItIsBack()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Assert.Equal(200, (await chain.GetAsync("alice", ProxyChain.Password)).Status);

        await chain.Portal.KillAsync();
        CurlAnswer during = await chain.GetAsync("spaces", ProxyChain.OddPasswords["spaces"]);
        Assert.Equal(407, during.Status);
        Assert.False(chain.Squid.HasEnded);

        await chain.Portal.StartAgainAsync(cancellationToken);
        await UntilAsync(async () => (await chain.GetAsync("spaces", ProxyChain.OddPasswords["spaces"])).Status == 200, cancellationToken);
        Assert.False(chain.Squid.HasEnded);
    }

    // The helper's circuit closes by itself some seconds after the portal is back.
    private static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Processes.ServerProcess.NextMomentAsync(patience.Token);
    }
}
