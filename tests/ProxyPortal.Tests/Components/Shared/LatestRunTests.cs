using ProxyPortal.Components.Shared;
using Xunit;

namespace ProxyPortal.Tests.Components.Shared;

[Trait("Database", "None")]
public sealed class LatestRunTests
{
    // While the first still waits for the end of the one before it, the second comes: it must cancel the first all the same.
    [Fact]
    public async Task Begin_BeforeTheOneBeforeHasBegun_CancelsIt()
    {
        using LatestRun runs = new();
        Task<CancellationToken> first = runs.BeginAsync(), second = runs.BeginAsync();
        Assert.True((await first).IsCancellationRequested);
        Assert.False((await second).IsCancellationRequested);
        await runs.BeginAsync();
        Assert.True((await second).IsCancellationRequested);
    }

    [Fact]
    public async Task Dispose_CancelsTheLatest()
    {
        LatestRun runs = new();
        CancellationToken latest = await runs.BeginAsync();
        runs.Dispose();
        Assert.True(latest.IsCancellationRequested);
    }
}
