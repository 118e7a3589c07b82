using CsCheck;
using ProxyPortal.Core.Publishing.Guides;
using Xunit;

namespace ProxyPortal.Core.Tests.Publishing.Guides;

public sealed class GuidePlaceholdersTests
{
    [Fact]
    public void Find_NamesEachWithLineAndColumn()
    {
        IReadOnlyList<GuidePlaceholder> found = GuidePlaceholders.Find("Go to {{portal}}.\r\n\n    `{{ endpoint.hq.port }}` and {{portal}}");
        Assert.Equal([new("portal", 1, 7), new("endpoint.hq.port", 3, 6), new("portal", 3, 34)], found);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("{portal}")]
    [InlineData("{{portal}")]
    [InlineData("{{por\ntal}}")]
    [InlineData("\\{{portal}}")]
    public void Find_WhatIsNone_IsNotFound(string text) => Assert.Empty(GuidePlaceholders.Find(text));

    // Whoever asks for a secret asks for a name that nothing has.
    [Theory]
    [InlineData("{{}}", "")]
    [InlineData("{{user.password}}", "user.password")]
    [InlineData("{{ \u212Aate }}", "\u212Aate")]
    [InlineData("{{\u202Eecila}}", "\u202Eecila")]
    public void Find_AnythingBetweenBraces_IsAName(string text, string name) => Assert.Equal(name, GuidePlaceholders.Find(text).Single().Name);

    [Fact]
    public void Fill_PutsValuesInAsTheyAre_AndLeavesWhatIsEscaped() =>
        Assert.Equal("a {{b}} $0 {{c}} {", GuidePlaceholders.Fill("a {{x}} {{ y }} \\{{c}} {", name => name == "x" ? "{{b}}" : "$0"));

    [Fact]
    public void ReadFirst_AgreesWithFind() => Gen.String[Gen.Int[0, 5].Select(index => "{}a. \n"[index]), 0, 12].Sample(text =>
    {
        int length = GuidePlaceholders.ReadFirst(text, out string name);
        GuidePlaceholder? first = GuidePlaceholders.Find(text).FirstOrDefault(one => one is { Line: 1, Column: 1 });
        Assert.Equal(first?.Name ?? "", name);
        Assert.Equal(first is not null, length > 0);
    });
}
