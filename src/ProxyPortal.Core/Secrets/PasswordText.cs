using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ProxyPortal.Core.Secrets;

public enum PasswordTextFault
{
    None = 0,

    /// <summary>Not well-formed UTF-8, or holds a control character.</summary>
    Invalid = 1,

    /// <summary>Over <see cref="PasswordText.MaxBytes"/> or <see cref="PasswordText.MaxCodePoints"/>: refused, never cut.</summary>
    TooLong = 2,
}

/// <summary>
/// A password as bytes to hash, prepared the same way when it is set and when it is verified: RFC 8265 OpaqueString, that is,
/// every kind of space becomes U+0020 and the text is in NFC. Case and width stay.
/// </summary>
public static class PasswordText
{
    public const int MaxCodePoints = 256;
    public const int MaxBytes = 1024;

    // A decomposed text has up to three times the bytes of the composed one; the limits hold for what comes out.
    private const int MaxTypedBytes = 3 * MaxBytes;

    /// <summary>Prepares <paramref name="typed"/> (UTF-8) into <paramref name="prepared"/>, at least <see cref="MaxBytes"/> long.
    /// Allocates nothing for ASCII.</summary>
    public static PasswordTextFault Prepare(ReadOnlySpan<byte> typed, Span<byte> prepared, out int length)
    {
        length = 0;
        if (typed.Length > MaxTypedBytes)
            return PasswordTextFault.TooLong;
        if (!Ascii.IsValid(typed))
            return Utf8.IsValid(typed) ? PrepareUnicode(Encoding.UTF8.GetString(typed), prepared, out length) : PasswordTextFault.Invalid;
        if (typed.Length > MaxCodePoints)
            return PasswordTextFault.TooLong;
        if (typed.ContainsAnyInRange((byte)0x00, (byte)0x1F) || typed.Contains((byte)0x7F))
            return PasswordTextFault.Invalid;
        typed.CopyTo(prepared);
        length = typed.Length;
        return PasswordTextFault.None;
    }

    /// <summary>The prepared bytes of <paramref name="typed"/>, or null with the fault. Bytes, so that the caller can wipe them.</summary>
    public static byte[]? Prepare(string typed, out PasswordTextFault fault)
    {
        Span<byte> prepared = stackalloc byte[MaxBytes];
        Span<byte> utf8 = stackalloc byte[MaxTypedBytes];
        if (Utf8.FromUtf16(typed, utf8, out _, out int written, replaceInvalidSequences: false) is var status && status is not System.Buffers.OperationStatus.Done)
        {
            fault = status is System.Buffers.OperationStatus.DestinationTooSmall ? PasswordTextFault.TooLong : PasswordTextFault.Invalid;
            return null;
        }
        fault = Prepare(utf8[..written], prepared, out int length);
        return fault is PasswordTextFault.None ? prepared[..length].ToArray() : null;
    }

    private static PasswordTextFault PrepareUnicode(string typed, Span<byte> prepared, out int length)
    {
        length = 0;
        var mapped = new StringBuilder(typed.Length);
        foreach (Rune rune in typed.EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return PasswordTextFault.Invalid;
            mapped.Append(category is UnicodeCategory.SpaceSeparator ? " " : rune.ToString());
        }
        string normalised = mapped.ToString().Normalize(NormalizationForm.FormC);
        if (normalised.EnumerateRunes().Count() > MaxCodePoints || Encoding.UTF8.GetByteCount(normalised) > MaxBytes)
            return PasswordTextFault.TooLong;
        length = Encoding.UTF8.GetBytes(normalised, prepared);
        return PasswordTextFault.None;
    }
}
