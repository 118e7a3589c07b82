using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace ProxyPortal.EndToEndTests.Walk;

/// <summary>The app on the administrator's phone: RFC 6238 with the key that the page shows.</summary>
internal sealed class AuthenticatorApp(string base32Key)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly byte[] _key = Decode(base32Key);
    private long _lastStep;

    /// <summary>A code that was not given before: each one is accepted once only, so the next step's is taken when asked again early.</summary>
    public string NextCode()
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;
        _lastStep = Math.Max(now, _lastStep + 1);
        return CodeOf(_lastStep);
    }

#pragma warning disable CA5350 // RFC 6238 as authenticator apps speak it.
    private string CodeOf(long step)
    {
        byte[] counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        byte[] mac = HMACSHA1.HashData(_key, counter);
        uint number = BinaryPrimitives.ReadUInt32BigEndian(mac.AsSpan(mac[^1] & 15)) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    private static byte[] Decode(string text)
    {
        var bytes = new List<byte>();
        int buffer = 0, bits = 0;
        foreach (char c in text.Where(c => Alphabet.Contains(char.ToUpperInvariant(c))))
        {
            buffer = (buffer << 5 | Alphabet.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal)) & 0xFFFF;
            bits += 5;
            if (bits >= 8)
                bytes.Add((byte)(buffer >> (bits -= 8)));
        }
        return [.. bytes];
    }
}
