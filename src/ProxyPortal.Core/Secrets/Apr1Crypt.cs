using System.Security.Cryptography;
using System.Text;

namespace ProxyPortal.Core.Secrets;

/// <summary>Apache's <c>$apr1$SALT$HASH</c>: a thousand rounds of MD5 over salt and password. Good enough to let someone in once and store
/// the password better.</summary>
public static class Apr1Crypt
{
    public const string Prefix = "$apr1$";

    /// <summary>Characters of a hash.</summary>
    public const int HashLength = 22;
    private const int LongestSalt = 8;
    private const int Rounds = 1000;

    /// <summary>Salt and hash of a stored text, or false when it is none.</summary>
    public static bool TryParse(string stored, out string salt, out string hash)
    {
        (salt, hash) = ("", "");
        if (!stored.StartsWith(Prefix, StringComparison.Ordinal) || stored[Prefix.Length..].Split('$') is not [{ Length: > 0 and <= LongestSalt } first, { Length: HashLength } second])
            return false;
        (salt, hash) = (first, second);
        return CryptBase64.IsValid(salt) && CryptBase64.IsValid(hash);
    }

    public static string Compute(ReadOnlySpan<byte> password, string salt)
    {
        byte[] saltBytes = Encoding.ASCII.GetBytes(salt);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        Span<byte> digest = stackalloc byte[16];
        md5.AppendData(password);
        md5.AppendData(saltBytes);
        md5.AppendData(password);
        md5.GetHashAndReset(digest);

        md5.AppendData(password);
        md5.AppendData("$apr1$"u8);
        md5.AppendData(saltBytes);
        for (int left = password.Length; left > 0; left -= digest.Length)
            md5.AppendData(digest[..Math.Min(left, digest.Length)]);
        for (int bits = password.Length; bits > 0; bits >>= 1)
            md5.AppendData((bits & 1) == 1 ? "\0"u8 : password[..1]);
        md5.GetHashAndReset(digest);

        for (int round = 0; round < Rounds; round++)
        {
            md5.AppendData((round & 1) == 1 ? password : digest);
            if (round % 3 != 0)
                md5.AppendData(saltBytes);
            if (round % 7 != 0)
                md5.AppendData(password);
            md5.AppendData((round & 1) == 1 ? digest : password);
            md5.GetHashAndReset(digest);
        }
        return Encode(digest);
    }

    private static string Encode(ReadOnlySpan<byte> digest)
    {
        var text = new StringBuilder(HashLength);
        for (int i = 0; i < 5; i++)
            CryptBase64.Append(text, digest[i], digest[i + 6], digest[i == 4 ? 5 : i + 12]);
        CryptBase64.Append(text, 0, 0, digest[11], 2);
        return text.ToString();
    }
}
