using System.Buffers.Binary;

namespace ProxyPortal.Core.Verification;

/// <summary>
/// The id of one verification: a ULID (48 bits of Unix milliseconds, 80 of randomness), 26 characters of Crockford's base 32.
/// It joins the proxy's log with ours. Unique, not secret, so the fast generator will do.
/// </summary>
public readonly record struct VerificationId(ulong High, ulong Low)
{
    public const int Length = 26;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <param name="ticks">Now, UTC ticks.</param>
    public static VerificationId Create(long ticks)
    {
        Span<byte> random = stackalloc byte[16];
        Random.Shared.NextBytes(random);
        ulong milliseconds = (ulong)((ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond);
        return new((milliseconds << 16) | BinaryPrimitives.ReadUInt16LittleEndian(random), BinaryPrimitives.ReadUInt64LittleEndian(random[8..]));
    }

    /// <summary>When it was made, to the millisecond.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds((long)(High >> 16));

    /// <summary>Reads the 26 characters, in either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out VerificationId id)
    {
        id = default;
        // 26 characters hold 130 bits: the first must not exceed 7. What lies beyond the calendar was never an id either.
        if (text.Length != Length || text[0] is < '0' or > '7')
            return false;
        ulong high = 0;
        ulong low = 0;
        foreach (char character in text)
        {
            int value = Alphabet.IndexOf(char.ToUpperInvariant(character), StringComparison.Ordinal);
            if (value < 0)
                return false;
            high = (high << 5) | (low >> 59);
            low = (low << 5) | (uint)value;
        }
        id = new(high, low);
        return (long)(high >> 16) <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    }

    /// <summary>16 bytes whose order is that of the ids.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), Low);
        return bytes;
    }

    public static VerificationId FromBytes(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Writes the 26 characters as ASCII.</summary>
    public void Write(Span<byte> ascii)
    {
        ulong high = High;
        ulong low = Low;
        for (int i = Length - 1; i >= 0; i--)
        {
            ascii[i] = (byte)Alphabet[(int)(low & 31)];
            low = (low >> 5) | (high << 59);
            high >>= 5;
        }
    }

    public override string ToString()
    {
        Span<byte> ascii = stackalloc byte[Length];
        Write(ascii);
        return System.Text.Encoding.ASCII.GetString(ascii);
    }
}
