namespace ProxyPortal.SquidHelper;

/// <summary>Standard output. Squid reads a lone channel-ID as a whole reply, so nothing but complete lines is ever handed to a write.
/// The reading thread collects what it can answer at once; other threads write their line as it comes.</summary>
internal sealed class ReplyOutput(Stream output)
{
    // A pipe takes this much in one piece or not at all (PIPE_BUF).
    private const int MaxBatchBytes = 4096;

    private readonly Lock _gate = new();
    private readonly byte[] _batch = new byte[MaxBatchBytes];
    private int _batched;

    /// <summary>Adds a reply to the batch. For the reading thread only, which calls <see cref="Flush"/> before it waits.</summary>
    public void Add(ReadOnlySpan<byte> channelId, ReadOnlySpan<byte> reply)
    {
        int length = LineLength(channelId, reply);
        if (_batched + length > MaxBatchBytes)
            Flush();
        if (length > MaxBatchBytes)
        {
            Write(channelId, reply);
            return;
        }

        Compose(channelId, reply, _batch.AsSpan(_batched));
        _batched += length;
    }

    public void Flush()
    {
        if (_batched > 0)
            WriteWhole(_batch.AsSpan(0, _batched));
        _batched = 0;
    }

    /// <summary>One line, now, from any thread.</summary>
    public void Write(ReadOnlySpan<byte> channelId, ReadOnlySpan<byte> reply)
    {
        int length = LineLength(channelId, reply);
        Span<byte> line = length <= 1024 ? stackalloc byte[length] : new byte[length];
        Compose(channelId, reply, line);
        WriteWhole(line);
    }

    private static int LineLength(ReadOnlySpan<byte> channelId, ReadOnlySpan<byte> reply) =>
        reply.Length + (channelId.IsEmpty ? 0 : channelId.Length + 1);

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

    // A slow reader stops us here, and thereby our own reading: nothing piles up.
    private void WriteWhole(ReadOnlySpan<byte> lines)
    {
        lock (_gate)
            output.Write(lines);
    }
}
