using System.Text;
using ProxyPortal.Core.Http;
using Xunit;

namespace ProxyPortal.Core.Tests.Http;

public sealed class BasicCredentialsTests
{
    [Theory]
    [InlineData("alice:pw")]
    [InlineData("alice:with:colons:")]
    [InlineData("alice:")]
    [InlineData(":pw")]
    [InlineData(":")]
    [InlineData("alice+laptop: spaces at both ends ")]
    [InlineData("j\u00FCrgen:\u65E5\u672C \U0001F40E")]
    [InlineData("a\u0000b:c\r\n")]
    public void TryDecode_Utf8_SplitsAtTheFirstColon(string text)
    {
        Assert.Equal(text, Decoded(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))));
        // Some clients leave the padding out.
        Assert.Equal(text, Decoded(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=')));
    }

    [Theory]
    [InlineData("j\u00FCrgen:gr\u00FC\u00DFe")]
    [InlineData("\u00FF:\u00A0")]
    public void TryDecode_NotUtf8_IsReadAsLatin1(string text) => Assert.Equal(text, Decoded(Convert.ToBase64String(Encoding.Latin1.GetBytes(text))));

    [Fact]
    public void TryDecode_LongestOfLatin1_IsReadWhole()
    {
        string text = "a:" + new string('\u00E9', 3070);
        Assert.Equal(text, Decoded(Convert.ToBase64String(Encoding.Latin1.GetBytes(text))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("YWxpY2U=")]
    [InlineData("YWxpY2U6cHc==")]
    [InlineData("YWxpY2U6cHd4=")]
    [InlineData("YWxpY2U6cHc=YQ==")]
    [InlineData("YWxpY2U6c")]
    [InlineData("YWxp-2U_cHc=")]
    [InlineData("YWxp Y2U6cHc=")]
    [InlineData("YWxp\nY2U6cHc=")]
    [InlineData("YWxp\u00EDY2U6cHc=")]
    public void TryDecode_NoBase64OrNoColon_IsRefused(string token) => Assert.Null(Decoded(token));

    [Fact]
    public void TryDecode_TooLong_IsRefused() => Assert.Null(Decoded(Convert.ToBase64String(Encoding.ASCII.GetBytes("a:" + new string('p', 4000)))));

    [Fact]
    public void TryDecode_Ascii_AllocatesNothing()
    {
        string token = Convert.ToBase64String("alice:correct horse battery staple"u8);
        byte[] buffer = new byte[BasicCredentials.BufferLength];
        Assert.True(BasicCredentials.TryDecode(token, buffer, out _, out _));
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool all = true;
        for (int i = 0; i < 1000; i++)
            all &= ProxyCredentials.TryParse("Basic YTpi", out _) && BasicCredentials.TryDecode(token, buffer, out _, out _);
        Assert.True(all);
        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 1000);
    }

    private static string? Decoded(string token)
    {
        byte[] buffer = new byte[BasicCredentials.BufferLength];
        return BasicCredentials.TryDecode(token, buffer, out ReadOnlySpan<byte> userId, out ReadOnlySpan<byte> secret)
            ? Encoding.UTF8.GetString(userId) + ":" + Encoding.UTF8.GetString(secret) : null;
    }
}
