using ProxyPortal.Core.Http;
using Xunit;

namespace ProxyPortal.Core.Tests.Http;

public sealed class ChallengeTests
{
    [Theory]
    [InlineData("Example proxy", "Basic realm=\"Example proxy\", charset=\"UTF-8\"")]
    [InlineData("", "Basic realm=\"\", charset=\"UTF-8\"")]
    [InlineData("say \"hi\" \\ there", "Basic realm=\"say \\\"hi\\\" \\\\ there\", charset=\"UTF-8\"")]
    [InlineData("two\r\nSet-Cookie: lines", "Basic realm=\"two  Set-Cookie: lines\", charset=\"UTF-8\"")]
    [InlineData("Gr\u00FC\u00DFe", "Basic realm=\"Gr%C3%BC%C3%9Fe\", charset=\"UTF-8\"")]
    public void Basic_Realm_IsOneQuotedString(string realm, string challenge) => Assert.Equal(challenge, Challenge.Basic(realm));

    [Fact]
    public void Among_SchemesThatCannotBeVerified_AreNotOffered()
    {
        Assert.Equal(AuthSchemes.None, Challenge.Among(~AuthScheme.Verifiable));
        Assert.Equal(AuthSchemes.Basic, Challenge.Among(AuthSchemes.Basic));
    }
}
