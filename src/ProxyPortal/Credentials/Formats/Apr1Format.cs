using System.Security.Cryptography;
using System.Text;
using ProxyPortal.Core.Secrets;

namespace ProxyPortal.Credentials.Formats;

/// <summary>htpasswd's default, <see cref="Apr1Crypt"/>.</summary>
internal sealed class Apr1Format : IPasswordFormat
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    public string? KindOf(string stored) => Apr1Crypt.TryParse(stored, out _, out _) ? Apr1Crypt.Prefix : null;

    public SecretMatch Verify(string stored, ReadOnlySpan<byte> prepared) =>
        Apr1Crypt.TryParse(stored, out string salt, out string hash)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Apr1Crypt.Compute(prepared, salt)))
            ? SecretMatch.MatchRehashNeeded : SecretMatch.Mismatch;

    public string Dummy(string kind) => $"{kind}{RandomNumberGenerator.GetString(Letters, 8)}${RandomNumberGenerator.GetString(Letters, Apr1Crypt.HashLength)}";
}
