namespace ProxyPortal.SquidHelper;

/// <summary>Standard output, for whole lines from any thread: see <see cref="ReplyLines"/>.</summary>
internal sealed class ReplyOutput(Stream output)
{
    private readonly Lock _gate = new();

    // A slow reader stops us here, and thereby our own reading: nothing piles up.
    public void Write(ReadOnlySpan<byte> lines)
    {
        lock (_gate)
            output.Write(lines);
    }
}
