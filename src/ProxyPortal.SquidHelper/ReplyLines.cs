using System.Buffers;

namespace ProxyPortal.SquidHelper;

/// <summary>Collects reply lines and hands them to the output together. Squid reads a lone channel-ID as a whole reply, so nothing but
/// complete lines is ever handed over. For one thread.</summary>
internal sealed class ReplyLines(ReplyOutput output) : IDisposable
{
    // A pipe takes this much in one piece or not at all (PIPE_BUF).
    private const int MaxBytes = 4096;

    private readonly byte[] _lines = ArrayPool<byte>.Shared.Rent(MaxBytes);
    private int _length;

    /// <summary>Adds a line; written at the next <see cref="Flush"/>, or before.</summary>
    public void Add(ReadOnlySpan<byte> channelId, ReadOnlySpan<byte> reply)
    {
        int length = reply.Length + (channelId.IsEmpty ? 0 : channelId.Length + 1);
        if (_length + length > MaxBytes)
            Flush();
        if (length <= MaxBytes)
        {
            Compose(channelId, reply, _lines.AsSpan(_length));
            _length += length;
            return;
        }

        byte[] line = new byte[length];
        Compose(channelId, reply, line);
        output.Write(line);
    }

    public void Flush()
    {
        if (_length > 0)
            output.Write(_lines.AsSpan(0, _length));
        _length = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_lines);

    private static void Compose(ReadOnlySpan<byte> channelId, ReadOnlySpan<byte> reply, Span<byte> line)
    {
        if (!channelId.IsEmpty)
        {
            channelId.CopyTo(line);
            line[channelId.Length] = (byte)' ';
            line = line[(channelId.Length + 1)..];
        }

        reply.CopyTo(line);
    }
}
