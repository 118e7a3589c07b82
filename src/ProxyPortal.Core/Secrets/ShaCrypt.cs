using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProxyPortal.Core.Secrets;

/// <summary>A hash of SHA-crypt (U. Drepper): <c>$5$[rounds=N$]SALT$HASH</c> with SHA-256, <c>$6$</c> with SHA-512.</summary>
/// <param name="IsLong">SHA-512.</param>
/// <param name="Rounds">How often it hashes.</param>
/// <param name="Salt">Up to 16 characters.</param>
/// <param name="Hash">43 or 86 characters.</param>
public readonly record struct ShaCryptHash(bool IsLong, int Rounds, string Salt, string Hash);

/// <summary>SHA-crypt, as in /etc/shadow and made by <c>htpasswd -2</c> and <c>-5</c>.</summary>
public static class ShaCrypt
{
    public const int DefaultRounds = 5000;

    /// <summary>Beyond this a stored text is refused: whoever planted it must not buy minutes of work.</summary>
    public const int MostRounds = 1_000_000;

    // The specification's own floor and ceilings.
    private const int LeastRounds = 1000;
    private const int LongestSalt = 16;
    private const string RoundsPrefix = "rounds=";

    public static bool TryParse(string stored, out ShaCryptHash parsed)
    {
        parsed = default;
        bool isLong = stored.StartsWith("$6$", StringComparison.Ordinal);
        if (!isLong && !stored.StartsWith("$5$", StringComparison.Ordinal))
            return false;
        string[] parts = stored[3..].Split('$');
        int rounds = DefaultRounds;
        if (parts.Length == 3)
        {
            if (!parts[0].StartsWith(RoundsPrefix, StringComparison.Ordinal)
                || !int.TryParse(parts[0].AsSpan(RoundsPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out rounds))
                return false;
            parts = parts[1..];
        }
        if (parts is not [{ Length: > 0 and <= LongestSalt } salt, var hash] || salt.StartsWith(RoundsPrefix, StringComparison.Ordinal) || rounds is < LeastRounds or > MostRounds || hash.Length != HashLength(isLong))
            return false;
        parsed = new(isLong, rounds, salt, hash);
        return salt.All(c => c is > ' ' and < '\x7f' and not ':') && CryptBase64.IsValid(hash);
    }

    /// <summary>Characters of a hash.</summary>
    public static int HashLength(bool isLong) => isLong ? 86 : 43;

    public static string Compute(ReadOnlySpan<byte> password, bool isLong, int rounds, string salt)
    {
        byte[] saltBytes = Encoding.ASCII.GetBytes(salt);
        using var sha = IncrementalHash.CreateHash(isLong ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        Span<byte> digest = stackalloc byte[isLong ? 64 : 32];
        Start(sha, password, saltBytes, digest);

        Span<byte> inner = stackalloc byte[digest.Length];
        for (int i = 0; i < password.Length; i++)
            sha.AppendData(password);
        sha.GetHashAndReset(inner);
        byte[] p = Stretch(inner, password.Length);
        for (int i = 0; i < 16 + digest[0]; i++)
            sha.AppendData(saltBytes);
        sha.GetHashAndReset(inner);
        byte[] s = Stretch(inner, saltBytes.Length);

        for (int round = 0; round < rounds; round++)
        {
            sha.AppendData((round & 1) == 1 ? p : digest);
            if (round % 3 != 0)
                sha.AppendData(s);
            if (round % 7 != 0)
                sha.AppendData(p);
            sha.AppendData((round & 1) == 1 ? digest : p);
            sha.GetHashAndReset(digest);
        }
        CryptographicOperations.ZeroMemory(p);
        return Encode(digest);
    }

    private static void Start(IncrementalHash sha, ReadOnlySpan<byte> password, byte[] salt, Span<byte> digest)
    {
        Span<byte> alternate = stackalloc byte[digest.Length];
        sha.AppendData(password);
        sha.AppendData(salt);
        sha.AppendData(password);
        sha.GetHashAndReset(alternate);
        sha.AppendData(password);
        sha.AppendData(salt);
        for (int left = password.Length; left > 0; left -= alternate.Length)
            sha.AppendData(alternate[..Math.Min(left, alternate.Length)]);
        for (int bits = password.Length; bits > 0; bits >>= 1)
            sha.AppendData((bits & 1) == 1 ? alternate : password);
        sha.GetHashAndReset(digest);
    }

    private static byte[] Stretch(ReadOnlySpan<byte> digest, int length)
    {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; at += digest.Length)
            digest[..Math.Min(digest.Length, length - at)].CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    // Three bytes a third of the digest apart, in turns; what is left over comes last.
    private static string Encode(ReadOnlySpan<byte> digest)
    {
        bool isLong = digest.Length == 64;
        int third = isLong ? 21 : 10;
        var text = new StringBuilder(HashLength(isLong));
        for (int i = 0; i < third; i++)
        {
            Span<int> at = [i, i + third, i + 2 * third];
            // SHA-512 turns the three one way from group to group, SHA-256 the other.
            int turn = isLong ? i % 3 : (3 - i % 3) % 3;
            CryptBase64.Append(text, digest[at[turn]], digest[at[(turn + 1) % 3]], digest[at[(turn + 2) % 3]]);
        }
        if (isLong)
            CryptBase64.Append(text, 0, 0, digest[63], 2);
        else
            CryptBase64.Append(text, 0, digest[31], digest[30], 3);
        return text.ToString();
    }
}
