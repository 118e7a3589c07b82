namespace ProxyPortal.Core.Protocols;

public enum SquidLineRead
{
    /// <summary>No complete line is left: read more into <see cref="SquidLineBuffer.Free"/>.</summary>
    NeedMore,

    /// <summary>A complete line, without its LF.</summary>
    Line,

    /// <summary>The beginning of a line beyond the bound; the rest of it is skipped up to the next LF.</summary>
    TooLong,
}

/// <summary>Cuts a byte stream into lines in place. The buffer never grows: a line without an end costs its bound and one reply.</summary>
public sealed class SquidLineBuffer(int maxLineBytes = SquidLineBuffer.DefaultMaxLineBytes)
{
    /// <summary>Squid stops at 8192 bytes; the margin is for whoever talks to a helper without Squid.</summary>
    public const int DefaultMaxLineBytes = 64 * 1024;

    // Twice the bound: behind the longest unfinished line there is always room for another bulk read.
    private readonly byte[] _buffer = new byte[2 * maxLineBytes + 2];
    private int _start;
    private int _searched;
    private int _end;
    private bool _skipping;

    /// <summary>Where the next bytes belong; never empty. Valid until the next call.</summary>
    public Span<byte> Free => _buffer.AsSpan(_end);

    public void Commit(int count) => _end += count;

    /// <summary>The next line, or its beginning when it is too long. The span is valid until <see cref="SquidLineRead.NeedMore"/>.</summary>
    public SquidLineRead Next(out ReadOnlySpan<byte> line)
    {
        line = default;
        while (true)
        {
            int found = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
            int lineEnd = found < 0 ? _end : _searched + found;
            int length = lineEnd - _start;
            ReadOnlySpan<byte> candidate = _buffer.AsSpan(_start, Math.Min(length, maxLineBytes));
            bool wasSkipping = _skipping;

            if (found >= 0)
            {
                _start = _searched = lineEnd + 1;
                _skipping = false;
                if (wasSkipping)
                    continue;
                line = candidate;
                return length > maxLineBytes ? SquidLineRead.TooLong : SquidLineRead.Line;
            }

            _searched = _end;
            if (wasSkipping || length > maxLineBytes)
            {
                _skipping = true;
                _start = _end;
                if (!wasSkipping)
                {
                    line = candidate;
                    return SquidLineRead.TooLong;
                }
            }

            MoveToFront();
            return SquidLineRead.NeedMore;
        }
    }

    private void MoveToFront()
    {
        if (_start == 0)
            return;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        // What was answered may have held a password; only the unfinished line stays.
        _buffer.AsSpan(_end - _start, _start).Clear();
        _end -= _start;
        _searched -= _start;
        _start = 0;
    }
}
