using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace ProxyPortal.Credentials;

/// <summary>What comparing a password with a stored hash found.</summary>
public enum SecretMatch
{
    Match = 0,

    /// <summary>It matches, but was hashed at an older, lower cost: store it anew.</summary>
    MatchRehashNeeded = 1,
    Mismatch = 2,

    /// <summary>The stored text is no hash that this release accepts: nobody gets in by it, and someone should look.</summary>
    Malformed = 3,
}

/// <summary>
/// User-chosen passwords: Argon2id (RFC 9106) over HMAC-SHA-256 of the prepared password under a pepper that is not in the database.
/// Stored text: <c>$pp1$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH</c>, salt 16 and hash 32 bytes in base64 without padding.
/// The cost is OWASP's present minimum; 12 ms on one core, 19 MiB while it runs.
/// </summary>
internal sealed class PasswordHashing(SecretKeys keys)
{
    public const int MemoryKib = 19 * 1024;
    public const int Passes = 2;
    private const int SaltLength = 16;
    private const int HashLength = 32;
    private const int MaxMemoryKib = 256 * 1024;
    private const int MaxPasses = 10;
    private const string Prefix = "$pp1$argon2id$v=19$";

    /// <summary>A hash that no password matches, at the present cost: unknown names are compared with it, so that they cost the same.</summary>
    public byte[] Dummy { get; } = Encoding.ASCII.GetBytes(Format(MemoryKib, Passes, RandomNumberGenerator.GetBytes(SaltLength), RandomNumberGenerator.GetBytes(HashLength)));

    /// <param name="prepared">The output of <see cref="Core.Secrets.PasswordText"/>.</param>
    public string Hash(ReadOnlySpan<byte> prepared)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        Span<byte> hash = stackalloc byte[HashLength];
        Compute(prepared, salt, MemoryKib, Passes, hash);
        return Format(MemoryKib, Passes, salt, hash);
    }

    /// <summary>Compares; slow on purpose, so call it where waiting is planned for. Never throws, whatever is stored.</summary>
    public SecretMatch Verify(ReadOnlySpan<byte> storedAscii, ReadOnlySpan<byte> prepared)
    {
        if (!TryParse(Encoding.ASCII.GetString(storedAscii), out int memory, out int passes, out byte[] salt, out byte[] expected))
            return SecretMatch.Malformed;
        Span<byte> actual = stackalloc byte[HashLength];
        Compute(prepared, salt, memory, passes, actual);
        if (!CryptographicOperations.FixedTimeEquals(actual, expected))
            return SecretMatch.Mismatch;
        return memory < MemoryKib || passes < Passes ? SecretMatch.MatchRehashNeeded : SecretMatch.Match;
    }

    private void Compute(ReadOnlySpan<byte> prepared, byte[] salt, int memoryKib, int passes, Span<byte> hash)
    {
        Span<byte> peppered = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.PasswordPepper, prepared, peppered);
        var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memoryKib, NumberOfPasses = passes });
        argon2.DeriveBytes(peppered, salt, hash);
    }

    private static string Format(int memoryKib, int passes, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}m={memoryKib},t={passes},p=1${Convert.ToBase64String(salt).TrimEnd('=')}${Convert.ToBase64String(hash).TrimEnd('=')}");

    // Costs over the caps are refused even when they stand in the database: a planted hash must not buy an hour of work.
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
