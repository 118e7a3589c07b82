using System.Text;
using ProxyPortal.Core.Protocols;
using Xunit;

namespace ProxyPortal.Core.Tests.Protocols;

public class SquidBasicFieldsTests
{
    [Theory]
    [InlineData("alice pw", "alice", "pw", null)]
    [InlineData("alice pw 192.0.2.10 3128", "alice", "pw", "192.0.2.10")]
    [InlineData("alice pw 2001:db8::1 3128", "alice", "pw", "2001:db8::1")]
    [InlineData("alice pw - 3128", "alice", "pw", null)]
    [InlineData("alice pw - -", "alice", "pw", null)]
    [InlineData("alice pw 192.0.2.10", "alice", "pw", "192.0.2.10")]
    [InlineData("alice pw 3128", "alice", "pw", null)]
    [InlineData("alice pw 192.0.2.10 3128 curl/7.88.1 -", "alice", "pw", "192.0.2.10")]
    [InlineData("alice+laptop p%20w:x", "alice+laptop", "p%20w:x", null)]
    public void TrySplit_WhatSquidSends_GivesEachFieldItsPlace(string line, string user, string password, string? clientAddress)
    {
        Assert.True(SquidBasicFields.TrySplit(Encoding.ASCII.GetBytes(line), out SquidBasicFields fields));
        Assert.Equal(user, Encoding.ASCII.GetString(fields.User));
        Assert.Equal(password, Encoding.ASCII.GetString(fields.Password));
        Assert.True(fields.TryReadExtras(out string? address));
        Assert.Equal(clientAddress, address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("alice ")]
    [InlineData("alice  192.0.2.10")]
    [InlineData(" pw")]
    [InlineData(" ")]
    public void TrySplit_WithoutUserOrPassword_Refuses(string line) =>
        Assert.False(SquidBasicFields.TrySplit(Encoding.ASCII.GetBytes(line), out _));

    [Theory]
    [InlineData("alice pw extra")]
    [InlineData("alice pw extra 3128")]
    [InlineData("alice pw  192.0.2.10")]
    [InlineData("alice pw 65536")]
    [InlineData("alice pw 1 3128")] // 0.0.0.1 to .NET
    [InlineData("alice pw 127.1 3128")]
    [InlineData("alice pw 0x7f000001 3128")]
    [InlineData("alice pw 010.0.0.1 3128")]
    [InlineData("alice pw 192.0.2.10:80 3128")]
    [InlineData("alice pw [2001:db8::1] 3128")]
    [InlineData("alice pw fe80::1%25eth0 3128")]
    [InlineData("alice pw 2001:db8::1::2 3128")]
    public void TryReadExtras_FirstIsNoAddress_RefusesAndLeavesThePasswordAlone(string line)
    {
        Assert.True(SquidBasicFields.TrySplit(Encoding.ASCII.GetBytes(line), out SquidBasicFields fields));
        Assert.Equal("pw", Encoding.ASCII.GetString(fields.Password));
        Assert.False(fields.TryReadExtras(out string? address));
        Assert.Null(address);
    }
}
