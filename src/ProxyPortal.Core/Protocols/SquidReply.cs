using System.Buffers;
using System.Text;

namespace ProxyPortal.Core.Protocols;

/// <summary>Builds one reply line, without the channel-ID: result word, key=value pairs, then free text, then the one and only LF.
/// Squid reads pairs first and stops at the first word that is none; keys that end in '_' are ours and stick to its cached user.</summary>
public sealed class SquidReply
{
    /// <summary>Longer texts are cut: many long replies at once would not fit Squid's read buffer of 32 KiB.</summary>
    public const int MaxTextBytes = 512;

    private readonly ArrayBufferWriter<byte> _line = new(128);

    private SquidReply(ReadOnlySpan<byte> result) => _line.Write(result);

    /// <summary>The credentials are good.</summary>
    public static SquidReply Ok() => new("OK"u8);

    /// <summary>The credentials are not good.</summary>
    public static SquidReply Err() => new("ERR"u8);

    /// <summary>Broken helper: nobody could tell. Squid asks again (twice), then lets nobody in.</summary>
    public static SquidReply Bh() => new("BH"u8);

    /// <summary>Adds a pair; nothing at all for an absent value. Squid decodes %XX in a value that is not quoted.</summary>
    public SquidReply With(string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return this;
        _line.Write(" "u8);
        _line.Write(Encoding.ASCII.GetBytes(key));
        _line.Write("="u8);
        PercentEscapes.Append(_line, value);
        return this;
    }

    /// <summary>The same key once per value: that is how Squid collects several groups.</summary>
    public SquidReply WithEach(string key, IEnumerable<string>? values)
    {
        foreach (string value in values ?? [])
            With(key, value);
        return this;
    }

    /// <summary>Ends the line with text for a person, the only form in which <c>auth_param basic</c> shows one (%m).</summary>
    public byte[] EndWithText(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return End();
        byte[] bytes = Encoding.UTF8.GetBytes(text.Trim());
        int length = CutAtCharacter(bytes, MaxTextBytes);
        _line.Write(LooksLikePair(bytes) ? " Note: "u8 : " "u8);
        Span<byte> target = _line.GetSpan(length);
        for (int i = 0; i < length; i++)
            target[i] = PercentEscapes.IsControl(bytes[i]) ? (byte)' ' : bytes[i];
        _line.Advance(length);
        return End();
    }

    /// <summary>Ends the line with text for a person in the form that <c>external_acl_type</c> shows (%o), as the last pair.</summary>
    public byte[] EndWithMessage(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return End();
        byte[] bytes = Encoding.UTF8.GetBytes(text.Trim());
        int length = CutAtCharacter(bytes, MaxTextBytes);
        _line.Write(" message=\""u8);
        foreach (byte value in bytes.AsSpan(0, length))
        {
            if (value is (byte)'"' or (byte)'\\')
                _line.Write("\\"u8);
            _line.Write([PercentEscapes.IsControl(value) ? (byte)' ' : value]);
        }

        _line.Write("\""u8);
        return End();
    }

    public byte[] End()
    {
        _line.Write("\n"u8);
        return _line.WrittenSpan.ToArray();
    }

    // Squid would read a text such as "group=admins …" as one more pair.
    private static bool LooksLikePair(ReadOnlySpan<byte> text)
    {
        int wordEnd = text.IndexOfAnyInRange((byte)0, (byte)' ');
        return (wordEnd < 0 ? text : text[..wordEnd]).Contains((byte)'=');
    }

    private static int CutAtCharacter(ReadOnlySpan<byte> utf8, int limit)
    {
        if (utf8.Length <= limit)
            return utf8.Length;
        while (limit > 0 && (utf8[limit] & 0xC0) == 0x80)
            limit--;
        return limit;
    }
}
