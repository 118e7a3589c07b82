using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ProxyPortal.Core.Http;

/// <summary>Why a login name cannot be one.</summary>
public enum LoginNameFault
{
    None = 0,

    /// <summary>Empty, or holds a character that no user-id may hold.</summary>
    Invalid = 1,

    /// <summary>More than <see cref="LoginName.MaxCodePoints"/> code points or <see cref="LoginName.MaxBytes"/> bytes of UTF-8.</summary>
    TooLong = 2,
}

/// <summary>
/// What is typed to the proxy: a user-id (RFC 7617 §2), or <c>user-id + device</c> such as <c>alice+laptop</c>.
/// Names are folded once, here, in the manner of RFC 8265 UsernameCaseMapped: width mapping, lower case, NFC. All later
/// comparison is ordinal on the folded form.
/// </summary>
public static class LoginName
{
    public const int MaxCodePoints = 128;
    public const int MaxBytes = 256;
    public const char DeviceSeparator = '+';

    // A decomposed name has up to three times the bytes of the composed one; the limits hold for what comes out.
    private const int MaxTypedBytes = 3 * MaxBytes;

    /// <summary>Folds <paramref name="typed"/> (UTF-8, well formed or not) into <paramref name="folded"/>, which holds at least
    /// <see cref="MaxBytes"/> characters. Allocates nothing for ASCII names.</summary>
    public static LoginNameFault Fold(ReadOnlySpan<byte> typed, Span<char> folded, out int length)
    {
        length = 0;
        if (typed.IsEmpty)
            return LoginNameFault.Invalid;
        if (Ascii.IsValid(typed))
            return typed.Length > MaxCodePoints ? LoginNameFault.TooLong : FoldAscii(typed, folded, out length);
        if (typed.Length > MaxTypedBytes)
            return LoginNameFault.TooLong;
        return Utf8.IsValid(typed) ? FoldUnicode(Encoding.UTF8.GetString(typed), folded, out length) : LoginNameFault.Invalid;
    }

    /// <summary>The folded form of <paramref name="typed"/>, or null with the fault.</summary>
    public static string? Fold(string typed, out LoginNameFault fault)
    {
        Span<byte> utf8 = stackalloc byte[MaxTypedBytes];
        Span<char> folded = stackalloc char[MaxBytes];
        int length = 0;
        fault = Utf8.FromUtf16(typed, utf8, out _, out int written, replaceInvalidSequences: false) switch
        {
            OperationStatus.Done => Fold(utf8[..written], folded, out length),
            OperationStatus.DestinationTooSmall => LoginNameFault.TooLong,
            _ => LoginNameFault.Invalid,
        };
        return fault is LoginNameFault.None ? new string(folded[..length]) : null;
    }

    /// <summary>Splits a folded login name into its user-id and its device name (empty where there is none).</summary>
    public static void Split(ReadOnlySpan<char> folded, out ReadOnlySpan<char> userId, out ReadOnlySpan<char> device)
    {
        int separator = folded.IndexOf(DeviceSeparator);
        userId = separator < 0 ? folded : folded[..separator];
        device = separator < 0 ? default : folded[(separator + 1)..];
    }

    private static LoginNameFault FoldAscii(ReadOnlySpan<byte> typed, Span<char> folded, out int length)
    {
        length = 0;
        int separators = 0;
        for (int i = 0; i < typed.Length; i++)
        {
            byte b = typed[i];
            bool atEdge = i == 0 || i == typed.Length - 1;
            if (b <= 0x20 && (b < 0x20 || atEdge) || b is 0x7F or (byte)':' or (byte)'/' or (byte)'\\')
                return LoginNameFault.Invalid;
            if (b == DeviceSeparator && (atEdge || ++separators > 1))
                return LoginNameFault.Invalid;
            folded[i] = (char)(b is >= (byte)'A' and <= (byte)'Z' ? b | 0x20 : b);
        }
        length = typed.Length;
        return LoginNameFault.None;
    }

    private static LoginNameFault FoldUnicode(string typed, Span<char> folded, out int length)
    {
        length = 0;
        // Before anything else: what may not be in a name may not be in a text that is normalised either.
        if (!typed.EnumerateRunes().All(IsAllowed))
            return LoginNameFault.Invalid;
        var mapped = new StringBuilder(typed.Length);
        // Composed before it is mapped too: a capital I with a dot has no lower case of its own, its two parts have.
        foreach (Rune rune in typed.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            // Width mapping: full-width and half-width forms only; a general NFKC would expand ligatures to other names.
            string narrow = rune.Value is >= 0xFF01 and <= 0xFFEE ? rune.ToString().Normalize(NormalizationForm.FormKC) : rune.ToString();
            mapped.Append(narrow.ToLowerInvariant());
        }
        string name = mapped.ToString().Normalize(NormalizationForm.FormC);
        if (!Fits(name))
            return LoginNameFault.TooLong;
        if (name.AsSpan().IndexOfAny(":/\\") >= 0 || char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]))
            return LoginNameFault.Invalid;
        if (name[0] == DeviceSeparator || name[^1] == DeviceSeparator || name.AsSpan().Count(DeviceSeparator) > 1)
            return LoginNameFault.Invalid;
        name.CopyTo(folded);
        length = name.Length;
        return LoginNameFault.None;
    }

    private static bool Fits(string text) => Encoding.UTF8.GetByteCount(text) <= MaxBytes && text.EnumerateRunes().Count() <= MaxCodePoints;

    private static bool IsAllowed(Rune rune) => !IsInvisible(rune.Value) && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // Letters and marks with the property Default_Ignorable_Code_Point (RFC 8264 §9.13): with one of them a name looks like another.
    private static bool IsInvisible(int value) => value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F)
        or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF);
}
