using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ProxyPortal.Core.Protocols;

/// <summary>RFC 1738 escapes as Squid writes them: %XX and nothing else. '+' stays '+', or every login alice+laptop would break.</summary>
public static class PercentEscapes
{
    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+@:/,"u8);

    /// <summary>Decodes once, to bytes first: only the whole field can tell whether it is UTF-8. False for a cut-off or
    /// non-hexadecimal escape, for bytes that are not strict UTF-8 (overlong forms, surrogates) and for control characters, which
    /// RFC 7617 forbids in user-id and password and which could start a line of their own further on.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> escaped, out string text)
    {
        text = "";
        byte[]? rented = null;
        Span<byte> bytes = escaped.Length <= 512 ? stackalloc byte[512] : (rented = ArrayPool<byte>.Shared.Rent(escaped.Length));
        try
        {
            if (!TryDecode(escaped, bytes, out int length))
                return false;
            text = Encoding.UTF8.GetString(bytes[..length]);
            return true;
        }
        finally
        {
            // The field may be a password: a pooled array must not carry it to its next user.
            bytes.Clear();
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The same as UTF-8, into at least as many bytes as <paramref name="escaped"/> has: a password that never becomes a string
    /// can be wiped.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> escaped, Span<byte> utf8, out int length)
    {
        if (!TryDecodeBytes(escaped, utf8, out length))
            return false;
        ReadOnlySpan<byte> text = utf8[..length];
        return Utf8.IsValid(text) && !ContainsControl(text);
    }

    /// <summary>The other way round, for values of key=value pairs: whatever could end the value, the pair or the line is escaped.
    /// Control characters become '_' instead, because Squid decodes the value before it writes it to its log.</summary>
    public static void Append(IBufferWriter<byte> output, string text)
    {
        int upperBound = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(upperBound);
        int length = Encoding.UTF8.GetBytes(text, bytes);
        Span<byte> target = output.GetSpan(length * 3 + 1);
        int written = 0;
        foreach (byte value in bytes.AsSpan(0, length))
        {
            if (Unreserved.Contains(value))
                target[written++] = value;
            else if (IsControl(value))
                target[written++] = (byte)'_';
            else
                written += Escape(value, target[written..]);
        }

        output.Advance(written);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    internal static bool IsControl(byte value) => value is < 0x20 or 0x7F;

    private static int Escape(byte value, Span<byte> target)
    {
        target[0] = (byte)'%';
        target[1] = "0123456789ABCDEF"u8[value >> 4];
        target[2] = "0123456789ABCDEF"u8[value & 0xF];
        return 3;
    }

    private static bool TryDecodeBytes(ReadOnlySpan<byte> escaped, Span<byte> bytes, out int length)
    {
        length = 0;
        for (int i = 0; i < escaped.Length; i++)
        {
            byte value = escaped[i];
            if (value == '%')
            {
                if (i + 2 >= escaped.Length || !char.IsAsciiHexDigit((char)escaped[i + 1]) || !char.IsAsciiHexDigit((char)escaped[i + 2]))
                    return false;
                value = (byte)(HexValue(escaped[i + 1]) << 4 | HexValue(escaped[i + 2]));
                i += 2;
            }

            bytes[length++] = value;
        }

        return true;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static bool ContainsControl(ReadOnlySpan<byte> bytes) =>
        bytes.ContainsAnyInRange((byte)0, (byte)0x1F) || bytes.Contains((byte)0x7F);
}
