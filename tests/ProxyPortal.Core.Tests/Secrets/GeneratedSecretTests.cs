using System.Text.RegularExpressions;
using ProxyPortal.Core.Secrets;
using Xunit;

namespace ProxyPortal.Core.Tests.Secrets;

public sealed class GeneratedSecretTests
{
    [Theory]
    [InlineData(GeneratedSecret.CallerKeyPrefix)]
    [InlineData(GeneratedSecret.DeviceSecretPrefix)]
    [InlineData(GeneratedSecret.ApiTokenPrefix)]
    public void Create_Prefix_HasTheDocumentedForm(string prefix)
    {
        string secret = GeneratedSecret.Create(prefix);
        Assert.Matches(new Regex(@"\App_[a-z]{3}_[A-Za-z0-9]{30}\z"), secret);
        Assert.StartsWith(prefix, secret, StringComparison.Ordinal);
        Assert.True(GeneratedSecret.IsWellFormed(secret, prefix));
        Assert.True(secret.Length >= GeneratedSecret.MinSuppliedLength);
    }

    [Fact]
    public void Create_Many_AreDifferentAndUseTheWholeAlphabetWithoutLookAlikes()
    {
        string[] secrets = [.. Enumerable.Range(0, 2000).Select(_ => GeneratedSecret.Create(GeneratedSecret.DeviceSecretPrefix))];
        Assert.Equal(secrets.Length, secrets.Distinct().Count());
        char[] alphabet = [.. secrets.SelectMany(secret => secret[7..31]).Distinct()];
        Assert.DoesNotContain(alphabet, c => c is '0' or '1' or 'l' or 'I' or 'O');
        Assert.True(24 * Math.Log2(alphabet.Length) >= 128, $"{alphabet.Length} characters");
    }

    [Fact]
    public void IsWellFormed_OneCharacterOff_IsNoSecret()
    {
        string secret = GeneratedSecret.Create(GeneratedSecret.CallerKeyPrefix);
        for (int i = 0; i < secret.Length; i++)
        {
            char other = secret[i] == 'a' ? 'b' : 'a';
            Assert.False(GeneratedSecret.IsWellFormed(secret[..i] + other + secret[(i + 1)..], GeneratedSecret.CallerKeyPrefix));
        }
        Assert.False(GeneratedSecret.IsWellFormed(secret, GeneratedSecret.DeviceSecretPrefix));
        Assert.False(GeneratedSecret.IsWellFormed(secret + "\n", GeneratedSecret.CallerKeyPrefix));
        Assert.False(GeneratedSecret.IsWellFormed("", GeneratedSecret.CallerKeyPrefix));
    }

    [Fact]
    public void Hint_Secret_TellsLittle()
    {
        string secret = GeneratedSecret.Create(GeneratedSecret.CallerKeyPrefix);
        Assert.Equal(secret[..11] + "…", GeneratedSecret.Hint(secret));
        Assert.Equal("…", GeneratedSecret.Hint("short"));
    }

    [Fact]
    public void CreateLinkToken_Token_Has256Bits() => Assert.Matches(new Regex(@"\A[A-Za-z0-9_-]{43}\z"), GeneratedSecret.CreateLinkToken());
}
