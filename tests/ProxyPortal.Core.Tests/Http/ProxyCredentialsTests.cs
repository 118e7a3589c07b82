using ProxyPortal.Core.Http;
using Xunit;

namespace ProxyPortal.Core.Tests.Http;

public sealed class ProxyCredentialsTests
{
    [Theory]
    [InlineData("Basic YTpi", AuthSchemes.Basic, "YTpi")]
    [InlineData("basic YTpi", AuthSchemes.Basic, "YTpi")]
    [InlineData("BASIC   YTpi  ", AuthSchemes.Basic, "YTpi")]
    [InlineData("Basic YTpiYg==", AuthSchemes.Basic, "YTpiYg==")]
    [InlineData("Bearer a.b-c_d~e+f/g", AuthSchemes.Bearer, "a.b-c_d~e+f/g")]
    [InlineData("Negotiate YII=", AuthSchemes.Negotiate, "YII=")]
    [InlineData("Digest username=\"a, b\", realm=\"x\"", AuthSchemes.Digest, "username=\"a, b\", realm=\"x\"")]
    [InlineData("Hoba result=\"x\"", AuthSchemes.None, "result=\"x\"")]
    public void TryParse_WellFormed_IsSchemeAndText(string value, AuthSchemes scheme, string text)
    {
        Assert.True(ProxyCredentials.TryParse(value, out ProxyCredentials credentials));
        Assert.Equal((scheme, text), (credentials.Scheme, credentials.Text.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic =")]
    [InlineData("Basic\tYTpi")]
    [InlineData("Basic:YTpi")]
    [InlineData("Basic YTpi YTpi")]
    [InlineData("Basic YTpi, Digest username=\"x\"")]
    [InlineData("Basic YTpi,Basic YTpj")]
    [InlineData("Basic YT=pi")]
    [InlineData("Basic YTpi\u0000")]
    [InlineData("Basic YTp\u00ED")]
    [InlineData("Bas\u0131c YTpi")]
    [InlineData("=Basic YTpi")]
    [InlineData("Bearer a b")]
    public void TryParse_AnythingElse_IsNotWellFormed(string value) => Assert.False(ProxyCredentials.TryParse(value, out _));
}
