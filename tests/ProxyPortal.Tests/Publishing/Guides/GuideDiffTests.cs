using ProxyPortal.Publishing.Guides;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Guides;

[Trait("Database", "None")]
public sealed class GuideDiffTests
{
    [Fact]
    public void Between_TellsWhatWasAddedAndRemoved_WithTheLinesAround() => Assert.Equal(
        [
            null, new(GuideLineChange.Kept, 3, "c"), new(GuideLineChange.Kept, 4, "d"), new(GuideLineChange.Removed, 5, "e"), new(GuideLineChange.Added, 5, "E"), new(GuideLineChange.Kept, 6, "f"), new(GuideLineChange.Kept, 7, "g"),
        ],
        GuideDiff.Between("a\nb\nc\nd\ne\nf\ng\nh\ni", "a\nb\nc\nd\nE\nf\ng\nh\ni"));

    [Theory]
    [InlineData("a\nb", "a\nb", "")]
    [InlineData("", "a", "+a")]
    [InlineData("a\nb", "b", "-a b")]
    [InlineData("a", "a\nb", "a +b")]
    public void Between_AtTheEdges(string older, string newer, string expected) => Assert.Equal(
        expected, string.Join(' ', GuideDiff.Between(older, newer).OfType<GuideDiffLine>().Where(line => line.Text.Length > 0)
            .Select(line => (line.Change switch { GuideLineChange.Added => "+", GuideLineChange.Removed => "-", _ => "" }) + line.Text)));

    [Fact]
    public void Between_TwoLongTextsWithNothingInCommon_EndsSoon()
    {
        string older = string.Join('\n', Enumerable.Range(0, 25_000).Select(_ => "a"));
        string newer = string.Join('\n', Enumerable.Range(0, 25_000).Select(number => number % 2 == 0 ? "a" : "b"));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        GuideDiff.Between(older, newer);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
    }
}
