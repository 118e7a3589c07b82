using System.Buffers.Text;

namespace ProxyPortal.Core.Protocols;

/// <summary>A body in chunks (RFC 9112 §7.1). Chunk extensions and trailers are refused: nobody sends them here for an honest reason.</summary>
internal static class ChunkedBody
{
    /// <summary>Looks for the end without moving anything: there may be more to come.</summary>
    public static HttpAnswerRead Measure(ReadOnlySpan<byte> bytes, out int framed)
    {
        framed = 0;
        int total = 0;
        while (true)
        {
            HttpAnswerRead read = ReadSize(bytes[framed..], out int size, out int lineLength);
            if (read is not HttpAnswerRead.Complete)
                return read;
            total += size;
            if (total > HttpAnswer.MaxBodyBytes)
                return HttpAnswerRead.TooLong;
            int chunkEnd = framed + lineLength + size;
            if (bytes.Length < chunkEnd + 2)
                return HttpAnswerRead.NeedMore;
            if (bytes[chunkEnd] != '\r' || bytes[chunkEnd + 1] != '\n')
                return HttpAnswerRead.Unreadable;
            framed = chunkEnd + 2;
            if (size == 0)
                return HttpAnswerRead.Complete;
        }
    }

    /// <summary>The chunks behind one another at the start of <paramref name="framed"/>, which was measured.</summary>
    public static ReadOnlySpan<byte> MoveTogether(Span<byte> framed)
    {
        int length = 0;
        for (Span<byte> rest = framed; ReadSize(rest, out int size, out int lineLength) is HttpAnswerRead.Complete && size > 0;)
        {
            rest.Slice(lineLength, size).CopyTo(framed[length..]);
            length += size;
            rest = rest[(lineLength + size + 2)..];
        }

        return framed[..length];
    }

    private static HttpAnswerRead ReadSize(ReadOnlySpan<byte> bytes, out int size, out int lineLength)
    {
        size = lineLength = 0;
        ReadOnlySpan<byte> start = bytes[..Math.Min(bytes.Length, 10)];
        int end = start.IndexOf("\r\n"u8);
        if (end < 0)
            return start.Length == 10 ? HttpAnswerRead.Unreadable : HttpAnswerRead.NeedMore;
        if (end == 0 || !Utf8Parser.TryParse(start[..end], out uint value, out int digits, 'x') || digits != end)
            return HttpAnswerRead.Unreadable;
        if (value > HttpAnswer.MaxBodyBytes)
            return HttpAnswerRead.TooLong;
        size = (int)value;
        lineLength = end + 2;
        return HttpAnswerRead.Complete;
    }
}
