using System.Buffers.Text;
using System.Diagnostics;
using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Helper;

/// <summary>
/// A closed loop on a helper's standard input and output: as many lines are outstanding as there are slots, and what was answered
/// in one read is replaced in one write, as a busy Squid does.
/// </summary>
internal sealed class HelperLoad(HelperProcess helper, bool withChannelId, int outstanding)
{
    private readonly PreparedRequest[] _pending = new PreparedRequest[outstanding];
    private readonly long[] _sentAt = new long[outstanding];
    private readonly Queue<int> _order = new(outstanding);
    private readonly byte[] _received = new byte[256 * 1024];
    private readonly byte[] _sending = new byte[256 * 1024];
    private int _receivedLength, _sendingLength;

    public LoadResult Run(RequestSequence lines, TimeSpan duration)
    {
        var latencies = new LatencyHistogram();
        long answered = 0;
        var underway = 0;
        var processorBefore = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        for (var slot = 0; slot < outstanding; slot++) Ask(slot, started);
        Flush();
        while (underway > 0)
        {
            var count = helper.Output.Read(_received.AsSpan(_receivedLength));
            if (count == 0) throw new IOException("The helper ended.");
            _receivedLength += count;
            var now = Stopwatch.GetTimestamp();
            var goesOn = Stopwatch.GetElapsedTime(started, now) < duration;
            var rest = (ReadOnlySpan<byte>)_received.AsSpan(0, _receivedLength);
            while (rest.IndexOf((byte)'\n') is >= 0 and var end)
            {
                var slot = Check(rest[..end]);
                rest = rest[(end + 1)..];
                latencies.Record(now - _sentAt[slot]);
                answered++;
                underway--;
                if (goesOn) Ask(slot, now);
            }
            rest.CopyTo(_received);
            _receivedLength = rest.Length;
            Flush();
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        return new LoadResult(answered, 0, elapsed, latencies, (Environment.CpuUsage.TotalTime - processorBefore) / elapsed);

        void Ask(int slot, long now)
        {
            if (!lines.TryTake(out var line)) return;
            (_pending[slot], _sentAt[slot]) = (line, now);
            if (withChannelId) Write(slot);
            else _order.Enqueue(slot);
            line.Bytes.CopyTo(_sending.AsSpan(_sendingLength));
            _sendingLength += line.Bytes.Length;
            underway++;
        }
    }

    private void Write(int channel)
    {
        Utf8Formatter.TryFormat(channel, _sending.AsSpan(_sendingLength), out var written);
        _sendingLength += written;
        _sending[_sendingLength++] = (byte)' ';
    }

    private void Flush()
    {
        if (_sendingLength == 0) return;
        helper.Input.Write(_sending.AsSpan(0, _sendingLength));
        helper.Input.Flush();
        _sendingLength = 0;
    }

    /// <summary>The slot that is answered, once the answer is found to be the right one.</summary>
    private int Check(ReadOnlySpan<byte> reply)
    {
        var word = reply;
        int slot;
        if (!withChannelId) slot = _order.Dequeue();
        else if (Utf8Parser.TryParse(reply, out slot, out var digits) && slot < outstanding && digits < reply.Length) word = reply[(digits + 1)..];
        else throw new IOException("The helper answered on a channel that was not asked.");
        var expected = _pending[slot].Expected == Verdict.Accepted ? "OK"u8 : "ERR"u8;
        return word.StartsWith(expected) ? slot : throw new WrongAnswerException(_pending[slot], reply);
    }
}
