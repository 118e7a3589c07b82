using ProxyPortal.Core.Http;
using Xunit;

namespace ProxyPortal.Core.Tests.Http;

public sealed class AuthSchemeTests
{
    [Theory]
    [InlineData("basic", AuthSchemes.Basic)]
    [InlineData("DIGEST", AuthSchemes.Digest)]
    [InlineData("Negotiate", AuthSchemes.Negotiate)]
    [InlineData("ntlm", AuthSchemes.Ntlm)]
    [InlineData("Bearer", AuthSchemes.Bearer)]
    public void TryParse_AnyCase_IsRecognised(string name, AuthSchemes scheme)
    {
        using var _ = new InCulture("tr-TR");
        Assert.True(AuthScheme.TryParse(name, out AuthSchemes actual));
        Assert.Equal(scheme, actual);
    }

    [Theory]
    [InlineData("magic")]
    [InlineData("")]
    [InlineData("Bas\u0131c")]
    [InlineData("Basic ")]
    [InlineData("1")]
    [InlineData("Basic,Digest")]
    public void TryParse_Other_IsUnknown(string name) => Assert.False(AuthScheme.TryParse(name, out _));

    [Fact]
    public void Names_Set_AreTheRegisteredOnes() =>
        Assert.Equal(["Basic", "NTLM"], AuthScheme.Names(AuthSchemes.Ntlm | AuthSchemes.Basic));
}
