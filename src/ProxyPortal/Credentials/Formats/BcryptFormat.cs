using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProxyPortal.Credentials.Formats;

/// <summary>bcrypt as htpasswd and PHP make it: <c>$2y$10$</c>, 22 characters of salt, 31 of hash. It looks at 72 bytes of a password and no
/// further, so that a longer one is refused: otherwise anything behind the 72nd byte would open the account.</summary>
internal sealed class BcryptFormat : IPasswordFormat
{
    public const int LongestPassword = 72;
    private const int LeastCost = 5;
    private const int MostCost = 14;
    private const int Length = 60;
    private const int KindLength = 7;
    private const string Alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    // Of the last character of salt and hash only some bits count; the usual encoders leave the others zero.
    private const string LastOfSalt = ".Oeu";

    public string? KindOf(string stored) =>
        stored.Length == Length && stored is ['$', '2', 'a' or 'b' or 'y', '$', .. var rest] && int.TryParse(rest.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int cost)
        && cost is >= LeastCost and <= MostCost && rest[2] == '$' && !rest.AsSpan(3).ContainsAnyExcept(Letters) && LastOfSalt.Contains(stored[28], StringComparison.Ordinal)
            ? stored[..KindLength] : null;

    public SecretMatch Verify(string stored, ReadOnlySpan<byte> prepared)
    {
        bool isTooLong = prepared.Length > LongestPassword;
        // A refusal takes as long as any other.
        string text = isTooLong ? new string('x', LongestPassword) : Encoding.UTF8.GetString(prepared);
        return BCrypt.Net.BCrypt.Verify(text, stored) && !isTooLong ? SecretMatch.MatchRehashNeeded : SecretMatch.Mismatch;
    }

    public string Dummy(string kind) => kind + RandomNumberGenerator.GetString(Alphabet, 21) + LastOfSalt[0] + RandomNumberGenerator.GetString(Alphabet, 30) + ".";
}
