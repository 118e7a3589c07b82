using System.Net;
using ProxyPortal.Core.Http;
using Xunit;

namespace ProxyPortal.Core.Tests.Http;

public sealed class ForwardedForTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("10.0.0.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("evil, 203.0.113.9 ", "203.0.113.9")]
    [InlineData("203.0.113.9:443", "203.0.113.9")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    public void TryRightmost_Address_IsTheLastEntryWithoutItsPort(string line, string address)
    {
        Assert.True(ForwardedFor.TryRightmost(line, out IPAddress? found));
        Assert.Equal(IPAddress.Parse(address), found);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("192.0.2.1, ")]
    public void TryRightmost_Empty_IsNotKnown(string line)
    {
        Assert.True(ForwardedFor.TryRightmost(line, out IPAddress? found));
        Assert.Null(found);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("unix:")]
    [InlineData("_hidden")]
    [InlineData("for=192.0.2.1")]
    [InlineData("010.0.0.1")]
    [InlineData("127.1")]
    [InlineData("192.0.2.1:")]
    [InlineData("192.0.2.1:123456")]
    [InlineData("192.0.2.1:4x")]
    [InlineData("[2001:db8::1")]
    [InlineData("[2001:db8::1]x")]
    [InlineData("[]")]
    [InlineData("00-11-22-33-44-55")]
    [InlineData("192.0.2.1 192.0.2.2")]
    public void TryRightmost_AnythingElse_IsRefused(string line) => Assert.False(ForwardedFor.TryRightmost(line, out _));
}
