using ProxyPortal.Core.Publishing.Guides;
using Xunit;

namespace ProxyPortal.Core.Tests.Publishing.Guides;

public sealed class GuideSearchTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("proxy", true)]
    [InlineData("PROXY windows", true)]
    [InlineData("gerat", true)]
    [InlineData("GERÄT", true)]
    [InlineData("proxy linux", false)]
    [InlineData("\u200B", true)]
    public void Find_AllWordsOccurInTitleOrText(string question, bool isFound) =>
        Assert.Equal(isFound, GuideSearch.Find("First steps on Windows", "Enter the proxy on your Gerät.", GuideSearch.WordsOf(question)) is not null);

    [Fact]
    public void Find_TellsWhereTheFirstWordStands()
    {
        GuideExcerpt excerpt = GuideSearch.Find("Title", string.Concat(Enumerable.Repeat("before ", 30)) + "the Proxy here " + string.Concat(Enumerable.Repeat("after ", 30)), ["proxy"])!;
        Assert.Equal("Proxy", excerpt.Hit);
        Assert.StartsWith("… before", excerpt.Before, StringComparison.Ordinal);
        Assert.EndsWith("the ", excerpt.Before, StringComparison.Ordinal);
        Assert.StartsWith(" here after", excerpt.After, StringComparison.Ordinal);
        Assert.EndsWith(" …", excerpt.After, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ByTheTitleAlone_ShowsTheBeginning() =>
        Assert.Equal(new GuideExcerpt("", "", "Enter the proxy."), GuideSearch.Find("Windows", "Enter the proxy.", ["windows"]));

    [Fact]
    public void Find_NeverCutsACharacterInTwo()
    {
        string text = string.Concat(Enumerable.Repeat("\U0001F511", 200));
        for (int lead = 0; lead < 3; lead++)
        {
            GuideExcerpt excerpt = GuideSearch.Find("", new string('x', lead) + text + "key" + text, ["key"])!;
            Assert.True(IsWhole(excerpt.Before) && IsWhole(excerpt.After), $"{lead}");
        }
    }

    [Fact]
    public void WordsOf_LongQuestions_AreBounded()
    {
        Assert.Equal(10, GuideSearch.WordsOf(string.Concat(Enumerable.Repeat("a ", 5000))).Count);
        Assert.Equal(GuideSearch.LongestQuestion, GuideSearch.WordsOf(new string('a', 5000)).Single().Length);
    }

    private static bool IsWhole(string text) => !text.EnumerateRunes().Any(rune => rune.Value == 0xFFFD);
}
