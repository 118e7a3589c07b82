using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace ProxyPortal.Account.SecondFactors;

/// <summary>Time-based one-time codes (RFC 6238) as every authenticator app makes them: SHA-1, six digits, 30 seconds.</summary>
internal static class Totp
{
    public const int KeyLength = 20;
    private const int StepSeconds = 30;
    private const int Window = 1;
    private const string Base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string CreateKey() => ToBase32(RandomNumberGenerator.GetBytes(KeyLength));

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The step near <paramref name="now"/> whose code this is; null when it is none's.</summary>
    public static long? FindStep(string base32Key, string code, DateTimeOffset now)
    {
        string digits = new([.. code.Where(c => !char.IsWhiteSpace(c))]);
        if (digits.Length != 6 || !digits.All(char.IsAsciiDigit))
            return null;
        long present = StepAt(now);
        long? found = null;
        // All are computed, so that the time tells nothing.
        for (long step = present - Window; step <= present + Window; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeAt(base32Key, step)), System.Text.Encoding.ASCII.GetBytes(digits)))
                found = step;
        }
        return found;
    }

    public static string CodeAt(string base32Key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 as the apps speak it; HMAC does not rest on collisions.
        HMACSHA1.HashData(FromBase32(base32Key), counter, mac);
#pragma warning restore CA5350
        int offset = mac[^1] & 0x0F;
        int number = (BinaryPrimitives.ReadInt32BigEndian(mac[offset..]) & int.MaxValue) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The address inside the QR code.</summary>
    public static string UriOf(string organisation, string userId, string base32Key)
    {
        string issuer = Uri.EscapeDataString(organisation);
        return $"otpauth://totp/{issuer}:{Uri.EscapeDataString(userId)}?secret={base32Key}&issuer={issuer}&algorithm=SHA1&digits=6&period=30";
    }

    private static string ToBase32(byte[] bytes) => string.Create(bytes.Length * 8 / 5, bytes, static (text, source) =>
    {
        for (int i = 0; i < text.Length; i++)
        {
            int bit = i * 5;
            int pair = source[bit / 8] << 8 | (bit / 8 + 1 < source.Length ? source[bit / 8 + 1] : 0);
            text[i] = Base32Alphabet[(pair >> (11 - bit % 8)) & 31];
        }
    });

    private static byte[] FromBase32(string text)
    {
        byte[] bytes = new byte[text.Length * 5 / 8];
        for (int i = 0; i < text.Length; i++)
        {
            int value = Base32Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            for (int bit = 0; bit < 5; bit++)
            {
                int at = i * 5 + bit;
                if (at < bytes.Length * 8 && (value >> (4 - bit) & 1) == 1)
                    bytes[at / 8] |= (byte)(0x80 >> at % 8);
            }
        }
        return bytes;
    }
}
