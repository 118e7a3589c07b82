using System.Buffers;
using System.Text;
using CsCheck;
using ProxyPortal.Core.Protocols;
using Xunit;

namespace ProxyPortal.Core.Tests.Protocols;

public class PercentEscapesTests
{
    [Theory]
    [InlineData("al%20ice", "al ice")]
    [InlineData("p%25w", "p%w")]
    [InlineData("%2541", "%41")] // once, not twice
    [InlineData("alice+laptop", "alice+laptop")]
    [InlineData("bad%25%20pw:with:colon", "bad% pw:with:colon")]
    [InlineData("%c3%9C", "Ü")]
    [InlineData("%F0%9F%94%91", "🔑")]
    [InlineData("", "")]
    public void TryDecode_WhatSquidWrites_GivesTheText(string escaped, string expected)
    {
        Assert.True(PercentEscapes.TryDecode(Encoding.ASCII.GetBytes(escaped), out string text));
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("p%zz")]
    [InlineData("p%")]
    [InlineData("p%4")]
    [InlineData("p%+1")]
    [InlineData("pw%0AOK")]
    [InlineData("pw%0d")]
    [InlineData("pw%00x")]
    [InlineData("pw%7F")]
    [InlineData("%C0%AFalice")] // overlong '/'
    [InlineData("%ED%A0%80")] // a lone surrogate
    [InlineData("%FF")]
    [InlineData("%C3")]
    public void TryDecode_AnythingElse_IsRefused(string escaped)
    {
        Assert.False(PercentEscapes.TryDecode(Encoding.ASCII.GetBytes(escaped), out string text));
        Assert.Empty(text);
    }

    [Fact]
    public void TryDecode_LongerThanTheStack_StillDecodes()
    {
        Assert.True(PercentEscapes.TryDecode(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("%41", 20_000))), out string text));
        Assert.Equal(new string('A', 20_000), text);
    }

    [Fact]
    public void Append_ThenTryDecode_GivesTheTextBack() =>
        Gen.String.Where(IsText).Sample(text =>
        {
            byte[] escaped = Append(text);
            return escaped.All(value => value is > 0x20 and < 0x7F and not (byte)'"' and not (byte)'=')
                && PercentEscapes.TryDecode(escaped, out string back)
                && string.Equals(text, back, StringComparison.Ordinal);
        });

    [Fact]
    public void Append_ControlCharacters_DoNotReachSquidsLog() =>
        Assert.Equal("a__b_c", Encoding.ASCII.GetString(Append("a\r\nb\0c")));

    [Fact]
    public void TryDecode_AnyBytes_NeverThrows() =>
        Gen.Byte.Array.Sample(bytes => PercentEscapes.TryDecode(bytes, out string text) || text.Length == 0);

    private static byte[] Append(string text)
    {
        ArrayBufferWriter<byte> output = new();
        PercentEscapes.Append(output, text);
        return output.WrittenSpan.ToArray();
    }

    private static bool IsText(string text) =>
        !text.Any(c => c is < ' ' or '\u007F' || char.IsSurrogate(c));
}
