using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProxyPortal.Core.Secrets;

namespace ProxyPortal.Credentials.Formats;

/// <summary>The hashes of /etc/shadow, <see cref="ShaCrypt"/>.</summary>
internal sealed class ShaCryptFormat : IPasswordFormat
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    public string? KindOf(string stored) => ShaCrypt.TryParse(stored, out ShaCryptHash parsed)
        ? string.Create(CultureInfo.InvariantCulture, $"${(parsed.IsLong ? 6 : 5)}$rounds={parsed.Rounds}$") : null;

    public SecretMatch Verify(string stored, ReadOnlySpan<byte> prepared) =>
        ShaCrypt.TryParse(stored, out ShaCryptHash parsed)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(parsed.Hash), Encoding.ASCII.GetBytes(ShaCrypt.Compute(prepared, parsed.IsLong, parsed.Rounds, parsed.Salt)))
            ? SecretMatch.MatchRehashNeeded : SecretMatch.Mismatch;

    public string Dummy(string kind) =>
        $"{kind}{RandomNumberGenerator.GetString(Letters, 16)}${RandomNumberGenerator.GetString(Letters, ShaCrypt.HashLength(kind[1] == '6'))}";
}
