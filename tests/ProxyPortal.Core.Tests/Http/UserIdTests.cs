using ProxyPortal.Core.Http;
using Xunit;

namespace ProxyPortal.Core.Tests.Http;

public sealed class UserIdTests
{
    public static TheoryData<string, string, string?> Rows => new()
    {
        { "plain", "alice", "alice" },
        { "dots and dashes", "Alice.Smith-2_x", "alice.smith-2_x" },
        { "uppercase", "ALICE", "alice" },
        { "Kelvin sign", "\u212Aate", "kate" },
        { "sharp s stays", "stra\u00DFe", "stra\u00DFe" },
        { "Cyrillic alone", "\u0430\u043B\u0438\u0441\u0430", "\u0430\u043B\u0438\u0441\u0430" },
        { "Japanese alone", "\u592A\u90CE\u3055\u3093", "\u592A\u90CE\u3055\u3093" },
        { "longest", new string('a', 64), new string('a', 64) },
        { "Cyrillic homoglyph", "\u0430lice", null },
        { "Greek homoglyph", "al\u03B9ce", null },
        { "zero width space", "alice\u200B", null },
        { "variation selector", "alice\uFE0F", null },
        { "RTL override", "\u202Eecila", null },
        { "BOM inside", "\uFEFFalice", null },
        { "zalgo", "a" + new string('\u0301', 500), null },
        { "normalisation expansion", new string('\uFDFA', 1000), null },
        { "noncharacter", "\uFFFE", null },
        { "dot above a dotted letter", "ali\u0307ce", null },
        { "long s", "\u017Fam", null },
        { "ligature", "\uFB01ona", null },
        { "ordinal indicator", "\u00AAlice", null },
        { "mathematical letters", "\U0001D41Elice", null },
        { "colon", "al:ice", null },
        { "slash", "al/ice", null },
        { "separator", "alice+laptop", null },
        { "at", "alice@example", null },
        { "space", "alice smith", null },
        { "quote", "alice\"", null },
        { "percent", "al%69ce", null },
        { "leading dot", ".alice", null },
        { "leading mark", "\u0301a", null },
        { "empty", "", null },
        { "emoji", "\U0001F600", null },
        { "foreign digits", "alice\u0661", null },
        { "too long", new string('a', 65), null },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Create_Row_IsTheSameInEveryCulture(string row, string typed, string? stored)
    {
        foreach (string culture in new[] { "", "tr-TR", "de-DE" })
        {
            using var _ = new InCulture(culture);
            Result<string> result = UserId.Create(typed);
            Assert.True(result.Succeeded == stored is not null, $"{row} in {culture}: {result.Error}");
            if (stored is not null)
                Assert.Equal(stored, result.Value);
        }
    }

    [Fact]
    public void Create_DotlessI_IsAnotherNameOrNone()
    {
        using var _ = new InCulture("tr-TR");
        foreach (string typed in new[] { "al\u0131ce", "AL\u0130CE" })
        {
            Result<string> result = UserId.Create(typed);
            Assert.False(result.Succeeded && result.Value == "alice");
        }
    }

    [Fact]
    public void Create_Fault_NamesFieldAndCode()
    {
        Assert.Equal(("userId_invalid", "userId"), (UserId.Create("a b").Error!.Code, UserId.Create("a b").Error!.Field));
        Assert.Equal("userId_too_long", UserId.Create(new string('a', 65)).Error!.Code);
        Assert.Equal("userId_too_long", UserId.Create(new string('a', 5000)).Error!.Code);
        Assert.Equal(("name_invalid", "name"), (UserId.CreateDeviceName("a+b").Error!.Code, UserId.CreateDeviceName("a+b").Error!.Field));
    }
}
