using ProxyPortal.EndToEndTests.Processes;
using Xunit;

namespace ProxyPortal.EndToEndTests.ForwardAuth;

/// <summary>The proxies while the portal is away. A chain of its own, because it is broken on purpose.</summary>
[Trait("Category", "EndToEnd")]
public sealed class GateOutageTests(ForwardChain chain) : IClassFixture<ForwardChain>
{
    private static readonly (string, string) Laptop = ("alice+laptop", ForwardChain.SecretOf("alice"));

    [Fact]
    public async Task PortalStopped_NobodyPassesAndNoPasswordIsBlamed_AndAllGoesOnWhenItIsBack()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        foreach (string gate in Gates.Names)
            Assert.Equal(200, (await chain.GetAsync(gate, Laptop)).Status);

        await chain.Portal.KillAsync();
        foreach (string gate in Gates.Names)
        {
            Assert.InRange((await chain.GetAsync(gate, Laptop, "away")).Status, 500, 599);
            Assert.InRange((await chain.GetAsync(gate, null, "away")).Status, 500, 599);
        }
        Assert.InRange((await chain.GetAsync("haproxy", Laptop, "away", tunnel: true)).Status, 500, 599);
        Assert.Null(chain.Seen("away"));

        await chain.Portal.StartAgainAsync(cancellationToken);
        foreach (string gate in Gates.Names)
        {
            while ((await chain.GetAsync(gate, Laptop)).Status != 200)
                await ServerProcess.NextMomentAsync(cancellationToken);
            Assert.False(chain[gate].HasEnded);
        }
    }
}
