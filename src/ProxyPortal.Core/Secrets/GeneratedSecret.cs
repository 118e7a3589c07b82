using System.Security.Cryptography;
using System.Text;

namespace ProxyPortal.Core.Secrets;

/// <summary>
/// Secrets that the portal makes: <c>pp_&lt;kind&gt;_</c>, 24 random characters (138 bits), 6 of checksum. The alphabet has no look-alikes
/// and nothing that a URL, shell, .netrc, PAC, RADIUS or XML would have to escape; the checksum lets a mistyped secret be
/// recognised without a look-up, and secret scanners find the prefix.
/// </summary>
public static class GeneratedSecret
{
    public const string CallerKeyPrefix = "pp_key_";
    public const string DeviceSecretPrefix = "pp_dev_";
    public const string ApiTokenPrefix = "pp_api_";

    /// <summary>Keys that people supply themselves (bootstrap, import) have at least this many characters.</summary>
    public const int MinSuppliedLength = 32;

    private const string Alphabet = "23456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWX";
    private const int RandomLength = 24;
    private const int ChecksumLength = 6;

    public static string Create(string prefix)
    {
        string body = prefix + RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return body + Checksum(body);
    }

    /// <summary>A token for a link: 43 characters of base64url, 256 bits.</summary>
    public static string CreateLinkToken() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whether <paramref name="text"/> has the generated form of <paramref name="prefix"/> and its checksum is right.</summary>
    public static bool IsWellFormed(string text, string prefix) =>
        text.Length == prefix.Length + RandomLength + ChecksumLength && text.StartsWith(prefix, StringComparison.Ordinal)
        && text.AsSpan(text.Length - ChecksumLength).SequenceEqual(Checksum(text[..^ChecksumLength]));

    /// <summary>What may be shown of a stored secret so that people tell two apart: the prefix and four characters.</summary>
    public static string Hint(string secret) => secret.Length < 16 ? "…" : secret[..Math.Min(11, secret.Length / 3)] + "…";

    private static string Checksum(string body)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(body), digest);
        return string.Create(ChecksumLength, BitConverter.ToUInt64(digest), static (text, value) =>
        {
            for (int i = 0; i < text.Length; i++, value /= (ulong)Alphabet.Length)
                text[i] = Alphabet[(int)(value % (ulong)Alphabet.Length)];
        });
    }
}
