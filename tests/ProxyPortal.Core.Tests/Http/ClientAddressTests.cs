using ProxyPortal.Core.Http;
using Xunit;

namespace ProxyPortal.Core.Tests.Http;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("IPv4", "192.0.2.10", "192.0.2.10")]
    [InlineData("IPv6", "2001:db8::1", "2001:db8::1")]
    [InlineData("IPv6 in capitals", "2001:DB8::1", "2001:db8::1")]
    [InlineData("source 4in6", "::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("4in6 in hex", "::ffff:a00:1", "10.0.0.1")]
    [InlineData("source ip octal", "010.0.0.1", null)]
    [InlineData("octal inside 4in6", "::ffff:010.0.0.1", null)]
    [InlineData("source ip short", "127.1", null)]
    [InlineData("one number", "1", null)]
    [InlineData("hexadecimal", "0x7f.0.0.1", null)]
    [InlineData("integer", "2130706433", null)]
    [InlineData("port suffix", "203.0.113.9:443", null)]
    [InlineData("bracketed", "[2001:db8::1]", null)]
    [InlineData("bracketed with port", "[2001:db8::1]:443", null)]
    [InlineData("scope", "fe80::1%eth0", null)]
    [InlineData("space", " 192.0.2.10", null)]
    [InlineData("NUL", "192.0.2.10\0", null)]
    [InlineData("list", "192.0.2.10,192.0.2.11", null)]
    [InlineData("foreign digits", "\u0661.2.3.4", null)]
    [InlineData("empty", "", null)]
    [InlineData("name", "localhost", null)]
    public void TryParse_Row_TakesCanonicalAddressesOnly(string row, string text, string? address)
    {
        bool parsed = ClientAddress.TryParse(text, out System.Net.IPAddress actual);
        Assert.True(parsed == address is not null, $"{row}: {actual}");
        if (parsed)
            Assert.Equal(address, actual.ToString());
    }
}
