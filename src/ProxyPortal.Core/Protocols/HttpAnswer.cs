using System.Buffers.Text;
using System.Text;

namespace ProxyPortal.Core.Protocols;

public enum HttpAnswerRead
{
    /// <summary>The answer is not there to its end.</summary>
    NeedMore,

    Complete,

    /// <summary>Not HTTP/1.x, or framed in a way that could be read as two different answers.</summary>
    Unreadable,

    /// <summary>Longer than anything that is worth waiting for.</summary>
    TooLong,
}

/// <summary>One HTTP/1.x answer as far as a caller of the verify listener needs it: status, kind and body, in place in the receive
/// buffer. Where the length of a 200 is not told by exactly one of the two ways there are, nobody can say whether it is whole.</summary>
public readonly ref struct HttpAnswer
{
    public const int MaxHeadBytes = 16 * 1024;

    /// <summary>An honest answer has a few hundred bytes.</summary>
    public const int MaxBodyBytes = 64 * 1024;


    private HttpAnswer(Head head, ReadOnlySpan<byte> body, int consumed, int received)
    {
        Status = head.Status;
        IsJson = head.IsJson;
        Date = head.Date;
        Body = body;
        KeepsAlive = head.KeepsAlive && consumed == received;
    }

    public int Status { get; }

    /// <summary><c>application/json</c>, or a type that ends in <c>+json</c>.</summary>
    public bool IsJson { get; }

    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The Date header as it came, empty without one.</summary>
    public ReadOnlySpan<byte> Date { get; }

    /// <summary>Whether another request may follow. Never when more was received than this answer: it would be read as the answer
    /// to a question that was not asked yet.</summary>
    public bool KeepsAlive { get; }

    /// <summary>Reads what was received so far, from the beginning. The body of a chunked answer is moved together in place, once
    /// it is complete.</summary>
    public static HttpAnswerRead TryRead(Span<byte> received, out HttpAnswer answer)
    {
        answer = default;
        if (!received.StartsWith("HTTP/1."u8[..Math.Min(7, received.Length)]))
            return HttpAnswerRead.Unreadable;
        int headEnd = received.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0 || headEnd > MaxHeadBytes)
            return received.Length <= MaxHeadBytes ? HttpAnswerRead.NeedMore : HttpAnswerRead.TooLong;
        if (!Head.TryRead(received[..(headEnd + 2)], out Head head))
            return HttpAnswerRead.Unreadable;
        int bodyStart = headEnd + 4;
        Span<byte> rest = received[bodyStart..];
        if (head.IsChunked)
            return ReadChunked(head, rest, bodyStart, received.Length, out answer);
        if (head.Status is 204 or 304)
            head.ContentLength = 0;
        if (head.ContentLength is not long length)
        {
            if (head.Status == 200)
                return HttpAnswerRead.Unreadable;
            // The status says it all; where the body ends is not known, so the connection is of no more use.
            head.KeepsAlive = false;
            length = 0;
        }

        if (length > MaxBodyBytes)
            return HttpAnswerRead.TooLong;
        if (rest.Length < length)
            return HttpAnswerRead.NeedMore;
        answer = new HttpAnswer(head, rest[..(int)length], bodyStart + (int)length, received.Length);
        return HttpAnswerRead.Complete;
    }

    private static HttpAnswerRead ReadChunked(Head head, Span<byte> rest, int bodyStart, int received, out HttpAnswer answer)
    {
        answer = default;
        HttpAnswerRead read = ChunkedBody.Measure(rest, out int framed);
        if (read is not HttpAnswerRead.Complete)
            return read;
        answer = new HttpAnswer(head, ChunkedBody.MoveTogether(rest[..framed]), bodyStart + framed, received);
        return HttpAnswerRead.Complete;
    }

    private ref struct Head
    {
        public int Status;
        public bool IsJson;
        public bool IsChunked;
        public bool KeepsAlive;
        public long? ContentLength;
        public ReadOnlySpan<byte> Date;

        // Lines, each with its CR LF: the status line, then the headers.
        public static bool TryRead(ReadOnlySpan<byte> lines, out Head head)
        {
            head = default;
            int end = lines.IndexOf("\r\n"u8);
            // "HTTP/1.1 200 …": a digit for the minor version, a blank, three digits, a blank or the end.
            if (end < 12 || lines[8] != ' ' || (end > 12 && lines[12] != ' ') || !TryNumber(lines[9..12], out long status) || status is < 200 or > 599)
                return false;
            head.Status = (int)status;
            head.KeepsAlive = lines[7] == '1';
            for (lines = lines[(end + 2)..]; !lines.IsEmpty; lines = lines[(end + 2)..])
            {
                end = lines.IndexOf("\r\n"u8);
                if (end < 0 || !head.TryTake(lines[..end]))
                    return false;
            }

            return !(head.IsChunked && head.ContentLength is not null);
        }

        private bool TryTake(ReadOnlySpan<byte> line)
        {
            int colon = line.IndexOf((byte)':');
            if (colon <= 0 || line[..colon].ContainsAny((byte)' ', (byte)'\t'))
                return false;
            ReadOnlySpan<byte> name = line[..colon];
            ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(" \t"u8);
            if (Is(name, "content-length"u8))
            {
                if (ContentLength is not null || !TryNumber(value, out long length))
                    return false;
                ContentLength = length;
            }
            else if (Is(name, "transfer-encoding"u8))
            {
                if (IsChunked || !Is(value, "chunked"u8))
                    return false;
                IsChunked = true;
            }
            else if (Is(name, "content-type"u8))
            {
                int parameters = value.IndexOf((byte)';');
                ReadOnlySpan<byte> type = parameters < 0 ? value : value[..parameters].TrimEnd(" \t"u8);
                IsJson = Is(type, "application/json"u8) || (type.Length > 5 && Is(type[^5..], "+json"u8));
            }
            else if (Is(name, "connection"u8))
            {
                KeepsAlive &= !Is(value, "close"u8);
            }
            else if (Is(name, "date"u8))
            {
                Date = value;
            }

            return true;
        }

        private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) => Ascii.EqualsIgnoreCase(text, lowerCase);

        private static bool TryNumber(ReadOnlySpan<byte> digits, out long number)
        {
            number = 0;
            return digits.Length is > 0 and <= 18 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
                && Utf8Parser.TryParse(digits, out number, out _);
        }
    }
}
