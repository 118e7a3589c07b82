using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Options;
using ProxyPortal.Credentials;
using ProxyPortal.Hosting;
using Xunit;

namespace ProxyPortal.Tests.Verification;

[Trait("Database", "None")]
public sealed class PasswordHashingTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("portal-test-").FullName;
    private readonly PasswordHashing _hashing;

    public PasswordHashingTests() => _hashing = New("one");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Verify_OwnHash_MatchesOnlyItsPassword()
    {
        byte[] stored = Stored(_hashing.Hash("canary"u8));
        Assert.Equal(SecretMatch.Match, _hashing.Verify(stored, "canary"u8));
        Assert.Equal(SecretMatch.Mismatch, _hashing.Verify(stored, "canarz"u8));
        Assert.Equal(SecretMatch.Mismatch, _hashing.Verify(stored, []));
        Assert.NotEqual(stored, Stored(_hashing.Hash("canary"u8)));
    }

    [Fact]
    public void Verify_OtherPepper_NeverMatches() => Assert.Equal(SecretMatch.Mismatch, New("two").Verify(Stored(_hashing.Hash("canary"u8)), "canary"u8));

    [Fact]
    public void Hash_Cost_IsAtLeastOwaspsMinimum()
    {
        Assert.True(PasswordHashing.MemoryKib >= 19 * 1024 && PasswordHashing.Passes >= 2);
        Assert.StartsWith("$pp1$argon2id$v=19$m=19456,t=2,p=1$", _hashing.Hash("x"u8), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$")]
    [InlineData("$pp1$argon2id$v=19$")]
    [InlineData("$pp1$argon2id$v=19$m=19456,t=2,p=1$$")]
    [InlineData("$pp1$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$")]
    [InlineData("$pp1$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA")]
    [InlineData("$pp1$argon2id$v=19$m=0,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pp1$argon2id$v=19$m=7,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pp1$argon2id$v=19$m=262145,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pp1$argon2id$v=19$m=2147483648,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pp1$argon2id$v=19$m=19456,t=11,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pp1$argon2id$v=19$m=19456,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pp1$argon2id$v=19$m=-1,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pp1$argon2id$v=19$m=19456,t=2,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pp1$argon2id$v=19$m=19456,t=2,p=1$AAAA AAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$pp1$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA$x")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$2a$31$AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("canary")]
    [InlineData("AQAAAAIAAYagAAAAEA==")]
    public void Verify_StoredTextThatIsNoHashOfOurs_IsMalformedAndNobodyGetsIn(string stored)
    {
        Assert.Equal(SecretMatch.Malformed, _hashing.Verify(Stored(stored), "canary"u8));
        Assert.Equal(SecretMatch.Malformed, _hashing.Verify(Stored(stored), []));
    }

    [Fact]
    public void Verify_Mangled_NeverThrowsAndNeverMatches()
    {
        byte[] stored = Stored(_hashing.Hash("canary"u8));
        var random = new Random(20261103);
        for (int i = 0; i < 60; i++)
        {
            byte[] mangled = [.. stored];
            // Only behind the cost: a mangled cost may be a valid, dearer one.
            int at = random.Next(36, mangled.Length - 2);
            mangled[at] = (byte)(mangled[at] == 'A' ? 'B' : 'A');
            Assert.NotEqual(SecretMatch.Match, _hashing.Verify(mangled, "canary"u8));
            Assert.NotEqual(SecretMatch.Match, _hashing.Verify(stored.AsSpan(0, random.Next(stored.Length)), "canary"u8));
        }
    }

    // Unknown names are compared with the dummy: were it cheap, the time would tell them. A ratio of medians, so a busy machine is no matter.
    [Fact]
    public void Verify_Dummy_CostsAsMuchAsARealHash()
    {
        byte[] stored = Stored(_hashing.Hash("canary"u8));
        double[] real = new double[9], dummy = new double[9];
        for (int i = 0; i < real.Length; i++)
            (real[i], dummy[i]) = (Measure(stored), Measure(_hashing.Dummy));
        Assert.Equal(SecretMatch.Mismatch, _hashing.Verify(_hashing.Dummy, []));
        Assert.True(dummy.Order().ElementAt(4) > real.Order().ElementAt(4) / 2);
    }

    private double Measure(byte[] stored)
    {
        long start = Stopwatch.GetTimestamp();
        _hashing.Verify(stored, "wrong"u8);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static byte[] Stored(string text) => Encoding.ASCII.GetBytes(text);

    private PasswordHashing New(string name) => new(new SecretKeys(Options.Create(new PortalOptions { DataDirectory = Path.Combine(_directory, name) })));
}
