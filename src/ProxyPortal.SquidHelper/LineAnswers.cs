using System.Security.Cryptography;
using ProxyPortal.Core.Protocols;
using ProxyPortal.SquidHelper.Memory;
using ProxyPortal.SquidHelper.Options;
using ProxyPortal.SquidHelper.Portals;

namespace ProxyPortal.SquidHelper;

/// <summary>Answers lines: from memory without an allocation, else through the portals, joined with equal questions.</summary>
internal sealed class LineAnswers(HelperSettings settings, IHelperKind kind, TimeProvider time, ReplyOutput output, Stderr stderr) : ILineAnswers, IDisposable
{
    // Squid stays far below; whoever pipes in a file is slowed down instead of filling the memory.
    private const int MaxPending = 1024;

    // Once the farewell is over, questions given up need only as long as it takes to write BH.
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(100);

    private readonly CacheKeys _keys = new();
    private readonly AnswerMemory _memory = new(settings, time);
    private readonly byte[] _recalled = new byte[AnswerMemory.MaxReplyBytes];
    private readonly RequestBody _body = new();
    private readonly PortalList _portals = new(settings, kind.Path, time, stderr);
    // Without channel-IDs replies have to come in the order of the lines: one question at a time.
    private readonly PendingQuestions _pending = new(settings.WithChannelId ? Math.Max(settings.Concurrency, MaxPending) : 1);

    public void Answer(ReadOnlySpan<byte> line)
    {
        if (!SquidHelperLine.TryParse(line, settings.WithChannelId, out SquidHelperLine parsed))
        {
            stderr.Complain("no channel-ID", $"a line has no channel-ID: --concurrency {settings.Concurrency} must equal concurrency= in squid.conf.");
            output.Add(default, kind.BadLine);
            return;
        }

        ReadOnlySpan<byte> channelId = parsed.ChannelId;
        if (!kind.TrySplit(parsed.Fields, out LineFields fields))
        {
            output.Add(channelId, kind.Malformed);
            return;
        }

        long now = time.GetTimestamp();
        CacheKey key = _keys.OfQuestion(fields);
        int known = _memory.Recall(key, now, _recalled);
        if (known >= 0)
        {
            output.Add(channelId, _recalled.AsSpan(0, known));
            return;
        }

        LineFault fault = kind.Compose(fields, _body);
        if (fault is not LineFault.None)
        {
            output.Add(channelId, fault is LineFault.Malformed ? kind.Malformed : kind.BadLine);
            return;
        }

        Question question = new(key, settings.Grace > TimeSpan.Zero ? _keys.OfCredentials(fields) : default, now);
        if (_portals.AreAllAway)
            output.Add(channelId, WithoutPortal(question, now));
        else
            Ask(channelId, question);
    }

    public void AnswerTooLong(ReadOnlySpan<byte> beginning)
    {
        SquidHelperLine.TryParse(beginning, settings.WithChannelId, out SquidHelperLine parsed);
        stderr.Complain("too long", $"a line is longer than {SquidLineBuffer.DefaultMaxLineBytes} bytes; it is skipped to its end.");
        output.Add(parsed.ChannelId, kind.BadLine);
    }

    public void Finish(TimeSpan patience)
    {
        if (_pending.WaitForAll(patience, time))
            return;
        _portals.EndAll();
        _pending.WaitForAll(LastWords, time);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _body.Dispose();
    }

    private void Ask(ReadOnlySpan<byte> channelId, in Question question)
    {
        if (_pending.Begin(question.Key, channelId.ToArray()))
            _ = AskAsync(question, _body.End());
        if (!_pending.IsFull)
            return;
        // What is answered already does not wait for a stop of the reading.
        output.Flush();
        _pending.WaitForRoom();
    }

    private async Task AskAsync(Question question, byte[] body)
    {
        byte[] reply = kind.Unavailable;
        try
        {
            reply = Settle(question, await _portals.AskAsync(body, question.AskedAt));
        }
        catch (Exception e)
        {
            // A bug of ours must cost one BH, not the proxy: Squid ends with helpers that die.
            stderr.Complain("bug", $"unexpected {e.GetType().Name} while asking the portal; please report it.");
        }

        CryptographicOperations.ZeroMemory(body);
        List<byte[]> channels = _pending.Take(question.Key);
        foreach (byte[] channelId in channels)
            output.Write(channelId, reply);
        _pending.End(channels.Count);
    }

    private byte[] Settle(in Question question, PortalAnswer answer)
    {
        byte[] reply = kind.Reply(answer);
        if (reply.Length > AnswerMemory.MaxReplyBytes)
        {
            stderr.Complain("too many groups", "an answer of the portal is too long for Squid: the user is in too many groups.");
            return kind.Unavailable;
        }

        switch (answer)
        {
            case { Verdict: PortalVerdict.Accepted, Response: { } accepted }:
                _memory.Accepted(question, reply, TimeSpan.FromSeconds(Math.Max(0, accepted.ValidFor ?? 0)));
                break;
            case { Verdict: PortalVerdict.Rejected, Response: { } rejected }:
                _memory.Rejected(question, reply, isTemporary: rejected.Code is "overloaded" or "backend.unavailable");
                break;
            case { Verdict: PortalVerdict.Unavailable }:
                return WithoutPortal(question, time.GetTimestamp());
        }

        return reply;
    }

    private byte[] WithoutPortal(in Question question, long now)
    {
        Span<byte> reply = stackalloc byte[AnswerMemory.MaxReplyBytes];
        int lastKnownGood = _memory.RecallWithinGrace(question, now, reply);
        if (lastKnownGood < 0)
            return kind.Unavailable;
        stderr.Complain("grace", $"no portal answers: logins that it accepted in the last {new Duration(settings.Grace)} are let in (--grace).");
        return reply[..lastKnownGood].ToArray();
    }
}
