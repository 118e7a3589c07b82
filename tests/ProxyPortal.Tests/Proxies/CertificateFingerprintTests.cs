using ProxyPortal.Core;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Proxies;
using Xunit;

namespace ProxyPortal.Tests.Proxies;

public sealed class CertificateFingerprintTests
{
    private const string Digits = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Written = "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF";

    [Theory]
    [InlineData(Digits)]
    [InlineData(Written)]
    [InlineData("sha256 Fingerprint=" + Written)]
    [InlineData("SHA-256: " + Digits + "\n")]
    [InlineData(" 00112233 44556677 8899aabb ccddeeff 00112233 44556677 8899aabb ccddeeff ")]
    public void Of_WhateverOneCopies_IsTheSame(string typed) => Assert.Equal(Written, CertificateFingerprint.Of(typed));

    [Theory]
    [InlineData("")]
    [InlineData("00:11")]
    [InlineData(Digits + "00")]
    [InlineData("sha1 Fingerprint=00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33")]
    [InlineData("g0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    [InlineData("٠0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    public void Of_AnythingElse_IsNone(string typed) => Assert.Null(CertificateFingerprint.Of(typed));

    [Theory]
    [InlineData(ProxyTransport.Https, Digits, null)]
    [InlineData(ProxyTransport.Https, " ", null)]
    [InlineData(ProxyTransport.Https, "00:11", "tlsFingerprint_invalid")]
    [InlineData(ProxyTransport.Http, Digits, "tlsFingerprint_invalid")]
    public void CheckEndpoint_Fingerprint_IsOfAProxyThatSpeaksTls(ProxyTransport transport, string typed, string? code)
    {
        Result<ProxyAddress> checkedAddress = ProxyInputRules.CheckEndpoint(new EndpointInput { Name = "hq", Host = "proxy.example.test", Transport = transport, TlsFingerprint = typed });
        Assert.Equal((code, code is null ? null : "tlsFingerprint"), (checkedAddress.Error?.Code, checkedAddress.Error?.Field));
    }
}
