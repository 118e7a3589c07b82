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
