using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace ProxyPortal.Core.Http;

/// <summary>
/// The token of the Basic scheme (RFC 7617): base64 of <c>user-id:password</c>. The alphabet is strict, its URL-safe sister is refused;
/// padding may be missing as a whole, as some clients leave it out. The first colon splits. The challenge asks for UTF-8; bytes that are
/// not UTF-8 are read as ISO 8859-1, which is what clients of the old kind send, and what Squid does with them.
/// </summary>
public static class BasicCredentials
{
    /// <summary>The longest name and password as they may be typed, their separator, and each byte of both as two of UTF-8.</summary>
    public const int BufferLength = 2 * MaxBytes;

    private const int MaxBytes = 4 * 1024;

    /// <summary>Decodes <paramref name="token"/> into <paramref name="buffer"/> (at least <see cref="BufferLength"/>), of which
    /// <paramref name="userId"/> and <paramref name="secret"/> are parts, both UTF-8. The caller wipes the buffer, whatever comes out.
    /// Allocates nothing.</summary>
    public static bool TryDecode(ReadOnlySpan<char> token, Span<byte> buffer, out ReadOnlySpan<byte> userId, out ReadOnlySpan<byte> secret)
    {
        userId = secret = default;
        if (!TryDecodeBase64(token, buffer, out int length))
            return false;
        ReadOnlySpan<byte> text = buffer[..length];
        if (!Utf8.IsValid(text))
            text = WidenLatin1(buffer, length);
        int colon = text.IndexOf((byte)':');
        if (colon < 0)
            return false;
        userId = text[..colon];
        secret = text[(colon + 1)..];
        return true;
    }

    private static bool TryDecodeBase64(ReadOnlySpan<char> token, Span<byte> buffer, out int length)
    {
        length = 0;
        ReadOnlySpan<char> digits = token.TrimEnd('=');
        int padding = token.Length - digits.Length;
        int whole = (digits.Length + 3) / 4 * 4;
        if (digits.Length % 4 == 1 || whole > MaxBytes || (padding != 0 && token.Length != whole))
            return false;
        // In place: three bytes come of every four, and never later than they were read.
        Span<byte> ascii = buffer[..whole];
        if (Ascii.FromUtf16(digits, ascii, out int written) is not OperationStatus.Done)
            return false;
        ascii[written..].Fill((byte)'=');
        // The decoder skips white space, which no token68 holds.
        return !digits.ContainsAny(" \t\r\n") && Base64.DecodeFromUtf8InPlace(ascii, out length) is OperationStatus.Done;
    }

    // From the end, because every byte takes the place of one or two; the first half holds them all.
    private static ReadOnlySpan<byte> WidenLatin1(Span<byte> buffer, int length)
    {
        int end = buffer.Length;
        for (int i = length - 1; i >= 0; i--)
        {
            byte b = buffer[i];
            if (b < 0x80)
            {
                buffer[--end] = b;
                continue;
            }
            buffer[--end] = (byte)(0x80 | (b & 0x3F));
            buffer[--end] = (byte)(0xC0 | (b >> 6));
        }
        return buffer[end..];
    }
}
