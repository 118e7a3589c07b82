using System.Text;
using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>Everything of a request that is the same every time: one POST with the caller key, up to the length of its body.</summary>
internal sealed class PortalRequest(PortalUrl url, string path, string? callerKey)
{
    private readonly byte[] _head = Encoding.ASCII.GetBytes(
        $"POST {url.TargetOf(path)} HTTP/1.1\r\nHost: {url.Authority}\r\n{(callerKey is null ? "" : $"Authorization: Bearer {callerKey}\r\n")}"
        + "Content-Type: application/json\r\nContent-Length: ");

    /// <summary>How many bytes <see cref="Write"/> needs at most.</summary>
    public int MaxLength(int bodyLength) => _head.Length + 16 + bodyLength;

    /// <summary>Writes the whole request, so that it leaves in one piece.</summary>
    public int Write(ReadOnlySpan<byte> body, Span<byte> target)
    {
        _head.CopyTo(target);
        int length = _head.Length;
        System.Buffers.Text.Utf8Formatter.TryFormat(body.Length, target[length..], out int digits);
        length += digits;
        "\r\n\r\n"u8.CopyTo(target[length..]);
        length += 4;
        body.CopyTo(target[length..]);
        return length + body.Length;
    }
}
