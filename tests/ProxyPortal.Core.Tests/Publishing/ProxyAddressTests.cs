using ProxyPortal.Core.Publishing;
using Xunit;

namespace ProxyPortal.Core.Tests.Publishing;

public sealed class ProxyAddressTests
{
    [Theory]
    [InlineData("name", "proxy.example", "proxy.example")]
    [InlineData("capitals", "Proxy.Example", "proxy.example")]
    [InlineData("trailing dot", "proxy.example.", "proxy.example")]
    [InlineData("IDN", "b\u00FCcher.example", "xn--bcher-kva.example")]
    [InlineData("IPv4", "192.0.2.1", "192.0.2.1")]
    [InlineData("IPv6 bracket", "[2001:DB8::1]", "2001:db8::1")]
    [InlineData("IPv6 bare", "2001:db8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("IPv6 bare with port", "::1:3128", null)]
    [InlineData("IPv6 bracket with port", "[::1]:3128", null)]
    [InlineData("IPv6 bracket with short port", "[2001:db8::1]:80", null)]
    [InlineData("IPv6 long bracket with port", "[2001:db8:0:0:0:0:0:1]:80", null)]
    [InlineData("IPv6 with scope", "fe80::1%eth0", null)]
    [InlineData("IPv6 bracket with scope", "[fe80::1%1]", null)]
    [InlineData("brackets around IPv4", "[192.0.2.1]", null)]
    [InlineData("brackets around nothing", "[]", null)]
    [InlineData("IPv4 short", "127.1", null)]
    [InlineData("IPv4 hex", "0x7f.1", null)]
    [InlineData("IPv4 hex at the end", "127.0.0.0x1", null)]
    [InlineData("IPv4 octal", "0177.0.0.1", null)]
    [InlineData("IPv4 int", "2130706433", null)]
    [InlineData("circled digits", "\u2460\u2461\u2466.0.0.1", null)]
    [InlineData("circled last digit", "127.0.0.\u2460", null)]
    [InlineData("full-width digits", "\uFF11\uFF12\uFF17.\uFF10.\uFF10.\uFF11", null)]
    [InlineData("ideographic dots", "127\u30020\u30020\u30021", null)]
    [InlineData("endpoint shorthand", "1:80", null)]
    [InlineData("host with port", "proxy.example:3128", null)]
    [InlineData("mixed script IDN", "\u0440\u0430ypal.com", null)]
    [InlineData("scheme included", "http://proxy.example:3128/", null)]
    [InlineData("path", "proxy.example/x", null)]
    [InlineData("userinfo", "user@proxy.example", null)]
    [InlineData("newline", "proxy\n.example", null)]
    [InlineData("HTML", "proxy.example<script>", null)]
    [InlineData("quote", "proxy\".example", null)]
    [InlineData("NUL", "proxy.example\0", null)]
    [InlineData("space inside", "proxy example", null)]
    [InlineData("underscore", "my_proxy.example", null)]
    [InlineData("leading hyphen", "-proxy.example", null)]
    [InlineData("two dots", "proxy..example", null)]
    [InlineData("two trailing dots", "proxy.example..", null)]
    [InlineData("dot", ".", null)]
    [InlineData("empty", "", null)]
    public void ParseHost_Row_IsCanonicalOrRefused(string row, string typed, string? host)
    {
        Result<string> result = ProxyAddress.ParseHost(typed);
        Assert.True(result.Succeeded == host is not null, $"{row}: {(result.Succeeded ? result.Value : result.Error!.Message)}");
        if (host is not null)
            Assert.Equal(host, result.Value);
        else
            Assert.Equal(("host_invalid", "host"), (result.Error!.Code, result.Error.Field));
    }

    [Theory]
    [InlineData("IPv6 bare with port", "::1:3128", "[::1]", "3128")]
    [InlineData("IPv6 bare with port", "2001:db8::1:8080", "[2001:db8::1]", "8080")]
    [InlineData("scheme included", "http://proxy.example:3128/", "without scheme", "host name only")]
    public void ParseHost_Fault_SaysHowToWriteIt(string row, string typed, string one, string other)
    {
        string message = ProxyAddress.ParseHost(typed).Error!.Message;
        Assert.True(message.Contains(one, StringComparison.Ordinal) && message.Contains(other, StringComparison.Ordinal), $"{row}: {message}");
    }

    [Fact]
    public void ParseHost_LongLabelOrName_IsRefused()
    {
        Assert.False(ProxyAddress.ParseHost(new string('a', 64) + ".example").Succeeded);
        Assert.True(ProxyAddress.ParseHost(new string('a', 63) + ".example").Succeeded);
        Assert.False(ProxyAddress.ParseHost(string.Join('.', Enumerable.Repeat("aaaaaaaaa", 26))).Succeeded);
        Assert.False(ProxyAddress.ParseHost(new string('a', 1 << 16)).Succeeded);
    }

    [Fact]
    public void ParseHost_Canonical_StaysAsItIs()
    {
        foreach (string host in new[] { "xn--bcher-kva.example", "2001:db8::1", "192.0.2.1", "localhost" })
            Assert.Equal(host, ProxyAddress.ParseHost(host).Value);
    }

    [Theory]
    [InlineData("lowest", "1", 1)]
    [InlineData("usual", "3128", 3128)]
    [InlineData("highest", "65535", 65535)]
    [InlineData("port 0", "0", null)]
    [InlineData("above", "65536", null)]
    [InlineData("overflow", "4294967297", null)]
    [InlineData("space", " 3128", null)]
    [InlineData("plus", "+3128", null)]
    [InlineData("leading zero", "03128", null)]
    [InlineData("trailing NUL", "3128\0", null)]
    [InlineData("foreign digits", "\u0663\u0661\u0662\u0668", null)]
    [InlineData("hex", "0x50", null)]
    [InlineData("negative", "-1", null)]
    [InlineData("empty", "", null)]
    public void ParsePort_Row_IsAPortOrRefused(string row, string typed, int? port)
    {
        Result<int> result = ProxyAddress.ParsePort(typed);
        Assert.True(result.Succeeded == port is not null, row);
        if (port is not null)
            Assert.Equal(port, result.Value);
    }

    [Fact]
    public void ToString_IPv6_HasBrackets() => Assert.Equal("[2001:db8::1]:3128", new ProxyAddress("2001:db8::1", 3128, ProxyTransport.Http).ToString());
}
