using System.Globalization;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace ProxyPortal.Credentials.Formats;

/// <summary>
/// The portal's own: Argon2id (RFC 9106) over HMAC-SHA-256 of the prepared password under a pepper that is not in the database.
/// Stored text: <c>$pp1$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH</c>, salt 16 and hash 32 bytes in base64 without padding.
/// </summary>
internal sealed class Argon2idFormat(SecretKeys keys) : IPasswordFormat
{
    public const int MemoryKib = 19 * 1024;
    public const int Passes = 2;
    private const int SaltLength = 16;
    private const int HashLength = 32;
    private const int MaxMemoryKib = 256 * 1024;
    private const int MaxPasses = 10;
    private const string Prefix = "$pp1$argon2id$v=19$";

    /// <summary>How every hash of the present cost begins.</summary>
    public static string PresentKind { get; } = Kind(MemoryKib, Passes);

    public string? KindOf(string stored) => TryParse(stored, out int memory, out int passes, out _, out _) ? Kind(memory, passes) : null;

    public string Hash(ReadOnlySpan<byte> prepared)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        Span<byte> hash = stackalloc byte[HashLength];
        Compute(prepared, salt, MemoryKib, Passes, hash);
        return Format(PresentKind, salt, hash);
    }

    public SecretMatch Verify(string stored, ReadOnlySpan<byte> prepared)
    {
        if (!TryParse(stored, out int memory, out int passes, out byte[] salt, out byte[] expected))
            return SecretMatch.Malformed;
        Span<byte> actual = stackalloc byte[HashLength];
        Compute(prepared, salt, memory, passes, actual);
        if (!CryptographicOperations.FixedTimeEquals(actual, expected))
            return SecretMatch.Mismatch;
        return memory < MemoryKib || passes < Passes ? SecretMatch.MatchRehashNeeded : SecretMatch.Match;
    }

    public string Dummy(string kind) => Format(kind, RandomNumberGenerator.GetBytes(SaltLength), RandomNumberGenerator.GetBytes(HashLength));

    private void Compute(ReadOnlySpan<byte> prepared, byte[] salt, int memoryKib, int passes, Span<byte> hash)
    {
        Span<byte> peppered = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.PasswordPepper, prepared, peppered);
        var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memoryKib, NumberOfPasses = passes });
        argon2.DeriveBytes(peppered, salt, hash);
    }

    private static string Kind(int memoryKib, int passes) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}m={memoryKib},t={passes},p=1$");

    private static string Format(string kind, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> hash) =>
        $"{kind}{Convert.ToBase64String(salt).TrimEnd('=')}${Convert.ToBase64String(hash).TrimEnd('=')}";

    private static bool TryParse(string stored, out int memoryKib, out int passes, out byte[] salt, out byte[] hash)
    {
        (memoryKib, passes, salt, hash) = (0, 0, [], []);
        if (!stored.StartsWith(Prefix, StringComparison.Ordinal) || stored[Prefix.Length..].Split('$') is not [var cost, var saltText, var hashText])
            return false;
        return TryParseCost(cost, out memoryKib, out passes)
            && TryDecode(saltText, SaltLength, out salt) && TryDecode(hashText, HashLength, out hash);
    }

    private static bool TryParseCost(string cost, out int memoryKib, out int passes)
    {
        passes = memoryKib = 0;
        return cost.Split(',') is [['m', '=', .. var memory], ['t', '=', .. var time], "p=1"]
            && int.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out memoryKib) && memoryKib is >= 8 and <= MaxMemoryKib
            && int.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out passes) && passes is >= 1 and <= MaxPasses;
    }

    private static bool TryDecode(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        Span<byte> decoded = stackalloc byte[length + 2];
        string padded = text + new string('=', (4 - text.Length % 4) % 4);
        return padded.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=')
            && Convert.TryFromBase64Chars(padded, decoded, out int written) && written == length && decoded[..length].TryCopyTo(bytes);
    }
}
