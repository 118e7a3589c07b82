using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

public sealed class FairQueueTests
{
    private static readonly Guid One = new(1, 0, 0, new byte[8]);
    private static readonly Guid Two = new(2, 0, 0, new byte[8]);

    [Fact]
    public void Take_SeveralSources_TakesTurnsOverCallersAndWithinThemOverSources()
    {
        var queue = new FairQueue<string>(100);
        foreach (string item in (string[])["a1", "a2", "a3", "b1"])
            queue.Enter(new Lane(One, item[0]), item);
        queue.Enter(new Lane(Two, 'c'), "c1");
        queue.Enter(new Lane(Two, 'c'), "c2");
        Assert.Equal(["a1", "c1", "b1", "c2", "a2", "a3"], TakeAll(queue));
        Assert.Equal(0, queue.Count);
        Assert.Null(queue.Take());
    }

    [Fact]
    public void Enter_FloodFromOneSource_ShedsItselfOnly()
    {
        var queue = new FairQueue<string>(10);
        int shed = Enumerable.Range(0, 1000).Count(i => queue.Enter(new Lane(One, 1), $"flood {i}") is { } gone && gone == $"flood {i}");
        Assert.Equal(990, shed);
        for (int i = 0; i < 4; i++)
            Assert.StartsWith("flood", queue.Enter(new Lane(One, 2), $"other {i}"), StringComparison.Ordinal);
        Assert.StartsWith("flood", queue.Enter(new Lane(Two, 1), "other caller"), StringComparison.Ordinal);
        Assert.Equal(10, queue.Count);
        List<string> left = [.. TakeAll(queue)];
        Assert.Equal(5, left.Count(item => item.StartsWith("other", StringComparison.Ordinal)));
        Assert.Contains("other caller", left.Take(2));
    }

    [Fact]
    public void Enter_FullOfEquals_RefusesTheNewcomerAndThrowsNobodyOut()
    {
        var queue = new FairQueue<string>(4);
        for (ulong i = 0; i < 4; i++)
            Assert.Null(queue.Enter(new Lane(One, i), $"{i}"));
        Assert.Equal("late", queue.Enter(new Lane(One, 9), "late"));
        Assert.Equal(["0", "1", "2", "3"], TakeAll(queue));
    }

    private static IEnumerable<string> TakeAll(FairQueue<string> queue)
    {
        while (queue.Take() is { } item)
            yield return item;
    }
}
