using System.Text;
using CsCheck;
using ProxyPortal.Core.Protocols;
using Xunit;

namespace ProxyPortal.Core.Tests.Protocols;

public class SquidHelperLineTests
{
    [Theory]
    [InlineData("0 alice pw", "0", "alice pw")]
    [InlineData("199 alice pw\r", "199", "alice pw")]
    [InlineData("18446744073709551615 alice pw", "18446744073709551615", "alice pw")]
    [InlineData("7", "7", "")]
    [InlineData("7 ", "7", "")]
    [InlineData("5 5 pw", "5", "5 pw")]
    public void TryParse_WithChannelId_SplitsItOff(string line, string channelId, string fields)
    {
        Assert.True(SquidHelperLine.TryParse(Encoding.ASCII.GetBytes(line), true, out SquidHelperLine parsed));
        Assert.Equal(channelId, Encoding.ASCII.GetString(parsed.ChannelId));
        Assert.Equal(fields, Encoding.ASCII.GetString(parsed.Fields));
    }

    [Theory]
    [InlineData("alice pw")]
    [InlineData("x7 alice pw")]
    [InlineData("7x alice pw")]
    [InlineData("-1 alice pw")]
    [InlineData("+1 alice pw")]
    [InlineData(" 1 alice pw")]
    [InlineData("184467440737095516150 alice pw")]
    [InlineData("")]
    [InlineData("\r")]
    public void TryParse_WithoutTheChannelIdThatIsDue_Refuses(string line)
    {
        Assert.False(SquidHelperLine.TryParse(Encoding.ASCII.GetBytes(line), true, out SquidHelperLine parsed));
        Assert.True(parsed.ChannelId.IsEmpty);
    }

    [Fact]
    public void TryParse_NoConcurrency_TakesNumbersForNames()
    {
        Assert.True(SquidHelperLine.TryParse("7 pw"u8, false, out SquidHelperLine parsed));
        Assert.True(parsed.ChannelId.IsEmpty);
        Assert.Equal("7 pw", Encoding.ASCII.GetString(parsed.Fields));
    }

    [Fact]
    public void TryParse_AnyBytes_NeverThrowsAndEchoesOnlyDigits() =>
        Gen.Byte.Array.Sample(bytes =>
            !SquidHelperLine.TryParse(bytes, true, out SquidHelperLine parsed) || !parsed.ChannelId.ContainsAnyExceptInRange((byte)'0', (byte)'9'));
}
