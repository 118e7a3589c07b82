using System.Buffers.Text;
using System.Text;

namespace ProxyPortal.Benchmarks.Load;

/// <summary>The little of HTTP/1.1 that a load generator has to read: the status, and where the body ends.</summary>
internal readonly ref struct HttpAnswer
{
    private HttpAnswer(int status, ReadOnlySpan<byte> body)
    {
        Status = status;
        Body = body;
    }

    public int Status { get; }

    public ReadOnlySpan<byte> Body { get; }

    /// <summary>False while bytes are missing. Requests are never pipelined, so nothing follows a whole answer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, out HttpAnswer answer)
    {
        answer = default;
        var headLength = received.IndexOf("\r\n\r\n"u8);
        if (headLength < 0) return false;

        var head = received[..headLength];
        var body = received[(headLength + 4)..];
        if (!IsWhole(head, body)) return false;

        if (!Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out int status, out _)) throw Unreadable(head);
        answer = new HttpAnswer(status, body);
        return true;
    }

    private static bool IsWhole(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var lengthHeader = "\r\nContent-Length: "u8;
        var at = head.IndexOf(lengthHeader);
        if (at >= 0 && Utf8Parser.TryParse(head[(at + lengthHeader.Length)..], out int length, out _)) return body.Length >= length;
        if (head.IndexOf("\r\nTransfer-Encoding: chunked"u8) >= 0) return body.EndsWith("\r\n0\r\n\r\n"u8) || body.SequenceEqual("0\r\n\r\n"u8);
        throw Unreadable(head);
    }

    private static InvalidDataException Unreadable(ReadOnlySpan<byte> head) =>
        new($"The load generator cannot tell where this answer ends:\n{Encoding.Latin1.GetString(head)}");
}
