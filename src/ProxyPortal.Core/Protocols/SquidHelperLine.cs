namespace ProxyPortal.Core.Protocols;

/// <summary>One request line of Squid's helper protocol: with <c>concurrency=N</c> a channel-ID and a blank stand in front of it, and
/// the reply must carry the same channel-ID. The bytes point into the caller's buffer.</summary>
public readonly ref struct SquidHelperLine
{
    // Squid counts channels in 64 bits: no honest channel-ID is longer.
    private const int MaxChannelDigits = 20;

    private SquidHelperLine(ReadOnlySpan<byte> channelId, ReadOnlySpan<byte> fields)
    {
        ChannelId = channelId;
        Fields = fields;
    }

    /// <summary>The digits as Squid sent them, empty without concurrency.</summary>
    public ReadOnlySpan<byte> ChannelId { get; }

    /// <summary>Everything behind the channel-ID, separated by single blanks, each field still escaped.</summary>
    public ReadOnlySpan<byte> Fields { get; }

    /// <summary>False when a channel-ID is due and the line starts with anything else: a user name is never taken for one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, bool withChannelId, out SquidHelperLine parsed)
    {
        // Squid ends lines with LF and escapes a CR of the user's, so a bare one can only be part of the line's end.
        if (line is [.. var front, (byte)'\r'])
            line = front;
        if (!withChannelId)
        {
            parsed = new SquidHelperLine(default, line);
            return true;
        }

        ReadOnlySpan<byte> start = line[..Math.Min(line.Length, MaxChannelDigits + 1)];
        int digits = start.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0 && line.Length is > 0 and <= MaxChannelDigits)
            digits = line.Length;
        bool isChannelId = digits > 0 && (digits == line.Length || line[digits] == ' ');
        parsed = isChannelId ? new SquidHelperLine(line[..digits], line[Math.Min(digits + 1, line.Length)..]) : default;
        return isChannelId;
    }
}
