using System.Text;
using ProxyPortal.Core;

namespace ProxyPortal.Users.Import;

/// <summary>The bytes of an uploaded file as text. What is no text, or in another encoding than UTF-8, is refused with its place: guessed, an ü
/// would become two wrong letters in somebody's name.</summary>
internal static class ImportText
{
    public const int MaxBytes = 16 * 1024 * 1024;
    public const int MaxRows = 100_000;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static Error TooLarge { get; } = new("file_too_large", $"The file is larger than {MaxBytes / 1024 / 1024} MB, which is the most. Split it.", "file");

    public static Error TooManyRows { get; } = new("rows_too_many", $"The file has more than {MaxRows} rows, which is the most. Split it.", "file");

    /// <summary>Errors: <c>file_empty</c>, <c>file_too_large</c>, <c>file_type</c>, <c>encoding_invalid</c>.</summary>
    public static Result<string> Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
            return TooLarge;
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.IsEmpty)
            return new Error("file_empty", "The file is empty.", "file");
        if (bytes.StartsWith("MZ"u8) || bytes.StartsWith("PK\x3\x4"u8) || bytes.StartsWith("%PDF"u8) || bytes.StartsWith("\x7F"u8) || bytes[0] == 0xD0 && bytes.Length > 1 && bytes[1] == 0xCF)
            return new Error("file_type", "This is no text file, whatever its name says. Save the table as CSV (UTF-8).", "file");
        try
        {
            string text = Strict.GetString(bytes);
            int zero = text.IndexOf('\0', StringComparison.Ordinal);
            return zero < 0 ? text : new Error("file_type", $"There is a zero byte in line {LineAt(bytes[..Strict.GetByteCount(text.AsSpan(0, zero))])}: this is no text in UTF-8. Save the table as CSV (UTF-8).", "file");
        }
        catch (DecoderFallbackException exception)
        {
            int index = Math.Clamp(exception.Index, 0, bytes.Length);
            int column = index - (bytes[..index].LastIndexOf((byte)'\n') + 1) + 1;
            return new Error("encoding_invalid", $"Line {LineAt(bytes[..index])}, byte {column} is not UTF-8. Save the file as UTF-8 and try again.", "file");
        }
    }

    // Lines end by LF, CR, or both, as the readers see them.
    private static int LineAt(ReadOnlySpan<byte> before)
    {
        int line = 1;
        for (int i = 0; i < before.Length; i++)
        {
            if (before[i] == '\n' || (before[i] == '\r' && (i + 1 == before.Length || before[i + 1] != '\n')))
                line++;
        }
        return line;
    }
}
