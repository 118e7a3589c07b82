using System.Net;
using ProxyPortal.Core.Verification;
using Xunit;

namespace ProxyPortal.Core.Tests.Verification;

public sealed class SourceNetworksTests
{
    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::1", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("::/0", "192.0.2.1", false)]
    public void Contains_Address_GoesByThePrefix(string network, string address, bool inside) =>
        Assert.Equal(inside, SourceNetworks.Parse([network], "networks").Value.Contains(IPAddress.Parse(address)));

    [Fact]
    public void Contains_NoAddress_OnlyWhereThereIsNoRule()
    {
        Assert.True(SourceNetworks.Parse([], "networks").Value.Contains(null));
        Assert.False(SourceNetworks.Parse(["0.0.0.0/0"], "networks").Value.Contains(null));
        Assert.False(SourceNetworks.None.Contains(IPAddress.Loopback));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.1/16")]
    [InlineData("010.0.0.0/8")]
    [InlineData("192.0.2.1/24")]
    [InlineData("192.0.2.0/33")]
    [InlineData("192.0.2.0/024")]
    [InlineData("192.0.2.0/ 24")]
    [InlineData("192.0.2.0/-1")]
    [InlineData("192.0.2.0/24/8")]
    [InlineData("example.test")]
    [InlineData("2001:db8::1/32")]
    [InlineData("fe80::1%eth0")]
    public void Parse_NoNetwork_IsRefused(string text) => Assert.Equal(("network_invalid", "networks"), Fault(text));

    private static (string?, string?) Fault(string text) => SourceNetworks.Parse([text], "networks").Error is { } error ? (error.Code, error.Field) : default;
}
