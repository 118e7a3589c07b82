using ProxyPortal.Core.Protocols;
using ProxyPortal.SquidHelper.Memory;
using ProxyPortal.SquidHelper.Options;
using ProxyPortal.SquidHelper.Portals;

namespace ProxyPortal.SquidHelper;

/// <summary>Answers lines: from memory without an allocation, else through the portals, joined with equal questions.</summary>
internal sealed class LineAnswers : ILineAnswers, IDisposable
{
    // Squid stays far below; whoever pipes in a file is slowed down instead of filling the memory.
    private const int MaxPending = 1024;

    // Once the farewell is over, questions given up need only as long as it takes to write BH.
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(100);

    private readonly HelperSettings _settings;
    private readonly IHelperKind _kind;
    private readonly TimeProvider _time;
    private readonly ReplyOutput _output;

    // Of the reading thread.
    private readonly ReplyLines _replies;
    private readonly Stderr _stderr;
    private readonly CacheKeys _keys = new();
    private readonly AnswerMemory _memory;
    private readonly byte[] _recalled = new byte[AnswerMemory.MaxReplyBytes];
    private readonly RequestBody _body = new();
    private readonly ServedStaleLog _served;
    private readonly PortalList _portals;
    private readonly Questioner _questioner;
    private readonly PendingQuestions _pending;

    public LineAnswers(HelperSettings settings, IHelperKind kind, TimeProvider time, ReplyOutput output, Stderr stderr)
    {
        (_settings, _kind, _time, _output, _stderr) = (settings, kind, time, output, stderr);
        _replies = new ReplyLines(output);
        _memory = new AnswerMemory(settings, time);
        _served = new ServedStaleLog(settings, time);
        _portals = new PortalList(settings, kind, _served, time, stderr);
        _questioner = new Questioner(_portals, Settle, stderr);
        // Without channel-IDs replies have to come in the order of the lines: one question at a time.
        _pending = new PendingQuestions(settings.WithChannelId ? Math.Max(settings.Concurrency, MaxPending) : 1);
    }

    public void Answer(ReadOnlySpan<byte> line)
    {
        if (!SquidHelperLine.TryParse(line, _settings.WithChannelId, out SquidHelperLine parsed))
        {
            _stderr.Complain("no channel-ID", $"a line has no channel-ID: --concurrency {_settings.Concurrency} must equal concurrency= in squid.conf.");
            _replies.Add(default, _kind.BadLine);
            return;
        }

        ReadOnlySpan<byte> channelId = parsed.ChannelId;
        if (!_kind.TrySplit(parsed.Fields, out LineFields fields))
        {
            _replies.Add(channelId, _kind.Malformed);
            return;
        }

        long now = _time.GetTimestamp();
        CacheKey key = _keys.OfQuestion(fields);
        int known = _memory.Recall(key, now, _recalled);
        if (known >= 0)
        {
            _replies.Add(channelId, _recalled.AsSpan(0, known));
            return;
        }

        LineFault fault = _kind.Compose(fields, _body);
        if (fault is not LineFault.None)
        {
            _replies.Add(channelId, fault is LineFault.Malformed ? _kind.Malformed : _kind.BadLine);
            return;
        }

        bool mayNeedCredit = _settings.Grace > TimeSpan.Zero;
        Question question = new(key, mayNeedCredit ? _keys.OfCredentials(fields) : default, now, mayNeedCredit ? LoginOf(fields) : null);
        if (_portals.AreAllAway)
            _replies.Add(channelId, WithoutPortal(question, now));
        else
            Ask(channelId, question);
    }

    public void AnswerTooLong(ReadOnlySpan<byte> beginning)
    {
        SquidHelperLine.TryParse(beginning, _settings.WithChannelId, out SquidHelperLine parsed);
        _stderr.Complain("too long", $"a line is longer than {SquidLineBuffer.DefaultMaxLineBytes} bytes; it is skipped to its end.");
        _replies.Add(parsed.ChannelId, _kind.BadLine);
    }

    public void Flush()
    {
        // First, so that the portal works while the answers are written.
        _questioner.AskGathered();
        _replies.Flush();
    }

    public void Finish(TimeSpan patience)
    {
        if (_pending.WaitForAll(patience, _time))
            return;
        _portals.EndAll();
        _pending.WaitForAll(LastWords, _time);
    }

    public void Dispose()
    {
        _replies.Dispose();
        _keys.Dispose();
        _body.Dispose();
    }

    private void Ask(ReadOnlySpan<byte> channelId, in Question question)
    {
        if (_pending.Begin(question.Key, channelId.ToArray()))
            _questioner.Gather(new Asked(question, _body.End()));
        if (!_pending.IsFull)
            return;
        // What is asked or answered already does not wait for a stop of the reading.
        Flush();
        _pending.WaitForRoom();
    }

    // On any thread.
    private void Settle(ReadOnlySpan<(Question Question, PortalAnswer Answer)> settled)
    {
        using ReplyLines lines = new(_output);
        int count = 0;
        foreach ((Question question, PortalAnswer answer) in settled)
        {
            byte[] reply = ReplyTo(question, answer);
            foreach (byte[] channelId in _pending.Take(question.Key))
            {
                lines.Add(channelId, reply);
                count++;
            }
        }

        lines.Flush();
        _pending.End(count);
    }

    private byte[] ReplyTo(in Question question, PortalAnswer answer)
    {
        try
        {
            return Remember(question, answer);
        }
        catch (Exception e)
        {
            // A bug of ours must cost one BH, not the proxy: Squid ends with helpers that die.
            _stderr.Complain("bug", $"unexpected {e.GetType().Name} at an answer of the portal; please report it.");
            return _kind.Unavailable;
        }
    }

    private byte[] Remember(in Question question, PortalAnswer answer)
    {
        byte[] reply = _kind.Reply(answer);
        if (reply.Length > AnswerMemory.MaxReplyBytes)
        {
            _stderr.Complain("too many groups", "an answer of the portal is too long for Squid: the user is in too many groups.");
            return _kind.Unavailable;
        }

        switch (answer)
        {
            case { Verdict: PortalVerdict.Accepted, Response: { } accepted }:
                _memory.Accepted(question, reply, TimeSpan.FromSeconds(Math.Max(0, accepted.ValidFor ?? 0)), accepted.EndsIn is { } left ? TimeSpan.FromSeconds(Math.Max(0, left)) : null);
                break;
            case { Verdict: PortalVerdict.Rejected, Response: { } rejected }:
                _memory.Rejected(question, reply, isTemporary: rejected.Code is "overloaded" or "backend.unavailable");
                break;
            case { Verdict: PortalVerdict.Unavailable }:
                return WithoutPortal(question, _time.GetTimestamp());
        }

        return reply;
    }

    private byte[] WithoutPortal(in Question question, long now)
    {
        Span<byte> reply = stackalloc byte[AnswerMemory.MaxReplyBytes];
        int lastKnownGood = _memory.RecallWithinGrace(question, now, reply);
        if (lastKnownGood < 0)
            return _kind.Unavailable;
        _stderr.Complain("grace", $"no portal answers: logins that it accepted in the last {new Duration(_settings.Grace)} are let in (--grace).");
        if (question.Login is { } login)
            _served.Add(login);
        return reply[..lastKnownGood].ToArray();
    }

    private static StaleLogin? LoginOf(in LineFields fields) =>
        PercentEscapes.TryDecode(fields.User, out string userId) && SquidBasicFields.TryReadExtras(fields.Place, out string? address) ? new StaleLogin(userId, address) : null;
}
