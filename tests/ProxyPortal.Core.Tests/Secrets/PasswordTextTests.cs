using System.Text;
using CsCheck;
using ProxyPortal.Core.Secrets;
using Xunit;

namespace ProxyPortal.Core.Tests.Secrets;

public sealed class PasswordTextTests
{
    private static readonly Gen<string> Typed = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 40], Gen.String[Gen.Char['\u00A0', '\u03FF'], 0, 40], Gen.String[Gen.Char['\u1E00', '\u20FF'], 0, 40],
        Gen.String[Gen.Char['\uAC00', '\uD7A3'], 0, PasswordText.MaxCodePoints], Gen.String[Gen.Int[0, 3].Select(i => "aU\u0301\u0308"[i]), 0, 300]);

    [Fact]
    public void Prepare_EitherNormalForm_GivesTheSameBytes() => Typed.Sample(typed =>
    {
        byte[]? composed = PasswordText.Prepare(typed.Normalize(NormalizationForm.FormC), out PasswordTextFault composedFault);
        byte[]? decomposed = PasswordText.Prepare(typed.Normalize(NormalizationForm.FormD), out PasswordTextFault decomposedFault);
        Assert.Equal(composedFault, decomposedFault);
        Assert.Equal(composed, decomposed);
    });

    [Fact]
    public void Prepare_LongestPasswordDecomposed_IsTheSameAsComposed()
    {
        // 256 letters with two marks each: 768 bytes composed, 1280 decomposed. A Mac sends the one, Windows the other.
        foreach (char letter in "\u1EA5\uAC01\u0390")
        {
            string composed = new(letter, PasswordText.MaxCodePoints);
            Assert.Equal(PasswordText.Prepare(composed, out _)!, PasswordText.Prepare(composed.Normalize(NormalizationForm.FormD), out _));
        }
    }

    [Theory]
    [InlineData("NBSP", "pass\u00A0word")]
    [InlineData("ideographic space", "pass\u3000word")]
    [InlineData("thin space", "pass\u2009word")]
    [InlineData("en quad", "pass\u2000word")]
    public void Prepare_OtherSpace_IsASpace(string row, string typed)
    {
        byte[]? prepared = PasswordText.Prepare(typed, out _);
        Assert.True("pass word"u8.SequenceEqual(prepared), row);
    }

    [Theory]
    [InlineData("case stays", "PassWord")]
    [InlineData("width stays", "p\uFF41ss")]
    [InlineData("plus stays", "a+b")]
    [InlineData("colon stays", "a:b:c")]
    [InlineData("percent stays", "a%20b")]
    [InlineData("edges stay", " a ")]
    [InlineData("emoji with joiner", "\U0001F468\u200D\U0001F469")]
    public void Prepare_Row_KeepsTheText(string row, string typed) =>
        Assert.True(Encoding.UTF8.GetBytes(typed).AsSpan().SequenceEqual(PasswordText.Prepare(typed, out _)), row);

    [Theory]
    [InlineData("NUL", "pass\0word")]
    [InlineData("tab", "pass\tword")]
    [InlineData("line break", "pass\nword")]
    [InlineData("DEL", "pass\u007Fword")]
    [InlineData("C1 control", "pass\u0085word")]
    [InlineData("line separator", "pass\u2028word")]
    [InlineData("noncharacter", "pass\uFFFEword")]
    public void Prepare_Row_IsInvalid(string row, string typed)
    {
        Assert.True(PasswordText.Prepare(typed, out PasswordTextFault fault) is null, row);
        Assert.Equal(PasswordTextFault.Invalid, fault);
    }

    // Not a row: an attribute cannot carry half a character.
    [Fact]
    public void Prepare_LoneSurrogate_IsInvalid()
    {
        Assert.Null(PasswordText.Prepare("pass\uD800word", out PasswordTextFault fault));
        Assert.Equal(PasswordTextFault.Invalid, fault);
    }

    [Fact]
    public void Prepare_LongestAndOneMore_IsTakenWholeOrRefused()
    {
        Assert.Equal(256, PasswordText.Prepare(new string('a', 256), out _)!.Length);
        Assert.Equal(256, PasswordText.Prepare(string.Concat(Enumerable.Repeat("\U0001F600", 64)), out _)!.Length);
        Assert.Equal(1024, PasswordText.Prepare(string.Concat(Enumerable.Repeat("\U0001F600", 256)), out _)!.Length);
        foreach (string typed in new[] { new string('a', 257), new string('\u00E4', 257), string.Concat(Enumerable.Repeat("\U0001F600", 257)), new string('a', 1 << 20), new string('\u1EA5', 1 << 16) })
        {
            Assert.Null(PasswordText.Prepare(typed, out PasswordTextFault fault));
            Assert.Equal(PasswordTextFault.TooLong, fault);
        }
    }

    [Fact]
    public void Prepare_Anything_NeverThrowsAndNeverCuts() => Gen.String.Sample(typed =>
    {
        byte[]? prepared = PasswordText.Prepare(typed, out PasswordTextFault fault);
        Assert.Equal(prepared is null, fault is not PasswordTextFault.None);
        if (prepared is not null)
            Assert.Equal(prepared, PasswordText.Prepare(Encoding.UTF8.GetString(prepared), out _));
    });
}
