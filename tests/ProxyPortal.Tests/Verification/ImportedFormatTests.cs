using System.Text;
using Microsoft.Extensions.Options;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Credentials.Formats;
using ProxyPortal.Hosting;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>Which stored texts are hashes of other programs, and which are not.</summary>
public sealed class ImportedFormatTests : IDisposable
{
    /// <summary>Not hashes, too dear, too cheap, or of a kind that is not taken over.</summary>
    public static readonly string[] Refused =
    [
        "$2y$31$Pin.J1oFP8RFuirCbDKlLu8htPnFToB5JlzzAzF0j0HrpwcT0LyMC",
        "$2y$15$Pin.J1oFP8RFuirCbDKlLu8htPnFToB5JlzzAzF0j0HrpwcT0LyMC",
        "$2y$04$Pin.J1oFP8RFuirCbDKlLu8htPnFToB5JlzzAzF0j0HrpwcT0LyMC",
        "$2x$05$Pin.J1oFP8RFuirCbDKlLu8htPnFToB5JlzzAzF0j0HrpwcT0LyMC",
        "$2y$05$Pin.J1oFP8RFuirCbDKlLu8htPnFToB5JlzzAzF0j0HrpwcT0LyM",
        "$2y$05$Pin.J1oFP8RFuirCbDKlL-8htPnFToB5JlzzAzF0j0HrpwcT0LyMC",
        "$2y$05$Pin.J1oFP8RFuirCbDKlLa8htPnFToB5JlzzAzF0j0HrpwcT0LyMC",
        "$2y$ 5$Pin.J1oFP8RFuirCbDKlLu8htPnFToB5JlzzAzF0j0HrpwcT0LyMC",
        "$5$rounds=1000001$x3f.cM5jfYEBVGSM$VTbtOXPB/x9g9zh4Y94d37D0Ylk96Jp9JDWQMhOe8p.",
        "{SHA}tH3f1q/SqcODlHyJjVtD/w71Drg=",
        "rl0uE2FbbUNDo",
        "canary correct horse battery staple",
    ];

    private readonly string _directory = Directory.CreateTempSubdirectory("portal-test-").FullName;
    private readonly PasswordHashing _hashing;

    public ImportedFormatTests() => _hashing = new PasswordHashing(new SecretKeys(Options.Create(new PortalOptions { DataDirectory = _directory })));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Verify_TextThatIsNoHashOfOurs_IsMalformed() => Assert.All(Refused, stored =>
    {
        Assert.Equal(SecretMatch.Malformed, _hashing.Verify(Encoding.ASCII.GetBytes(stored), Encoding.UTF8.GetBytes(VerifyHost.Password)));
        Assert.Equal(PasswordHashing.PresentKind, _hashing.KindOf(Encoding.ASCII.GetBytes(stored)));
        Assert.False(ImportedFormats.Accept(stored));
    });

    [Theory]
    [InlineData(ImportedHashTests.Bcrypt, "$2y$05$")]
    [InlineData(ImportedHashTests.Sha512, "$6$rounds=2000$")]
    [InlineData(ImportedHashTests.Sha256, "$5$rounds=5000$")]
    [InlineData(ImportedHashTests.Apr1, "$apr1$")]
    public void Dummy_OfAKind_IsAHashOfThatKindThatNothingMatches(string stored, string kind)
    {
        Assert.Equal(kind, _hashing.KindOf(Encoding.ASCII.GetBytes(stored)));
        byte[] dummy = _hashing.DummyOf(kind);
        Assert.Equal(kind, _hashing.KindOf(dummy));
        Assert.Same(dummy, _hashing.DummyOf(kind));
        Assert.Equal(SecretMatch.Mismatch, _hashing.Verify(dummy, Encoding.UTF8.GetBytes(VerifyHost.Password)));
    }

    [Fact]
    public void Verify_UnicodePassword_MatchesWhatHtpasswdMade() => Assert.Equal(SecretMatch.MatchRehashNeeded, _hashing.Verify(
        "$2y$05$QteO4fjc9tva0Ho65FhZHuJt1IcZkNKenLp1MbKGNPghjJFx7eQdm"u8, PasswordText.Prepare("grüße 😀 aus der Küche", out _)));
}
