using System.Text.Json;
using ProxyPortal.Core.Protocols;
using ProxyPortal.SquidHelper.Memory;
using ProxyPortal.SquidHelper.Options;
using ProxyPortal.SquidHelper.Portals;

namespace ProxyPortal.SquidHelper.Basic;

/// <summary>Answers basic lines: from memory without an allocation, else through the portals, joined with equal questions.</summary>
internal sealed class BasicAnswers(HelperSettings settings, TimeProvider time, ReplyOutput output, Stderr stderr) : ILineAnswers, IDisposable
{
    // Squid stays far below; whoever pipes in a file is slowed down instead of filling the memory.
    private const int MaxPending = 1024;

    // Once the farewell is over, cancelled questions need only as long as it takes to write BH.
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(100);

    private readonly CacheKeys _keys = new();
    private readonly AnswerMemory _memory = new(settings, time);
    private readonly PortalList _portals = new(settings, time, stderr);
    // Without channel-IDs replies have to come in the order of the lines: one question at a time.
    private readonly PendingQuestions _pending = new(settings.WithChannelId ? Math.Max(settings.Concurrency, MaxPending) : 1);
    private readonly CancellationTokenSource _farewell = new();

    public void Answer(ReadOnlySpan<byte> line)
    {
        if (!SquidHelperLine.TryParse(line, settings.WithChannelId, out SquidHelperLine parsed))
        {
            stderr.Complain("no channel-ID", $"a line has no channel-ID: --concurrency {settings.Concurrency} must equal concurrency= in squid.conf.");
            output.Add(default, BasicReplies.BadLine);
            return;
        }

        ReadOnlySpan<byte> channelId = parsed.ChannelId;
        if (!SquidBasicFields.TrySplit(parsed.Fields, out SquidBasicFields fields))
        {
            output.Add(channelId, BasicReplies.Malformed);
            return;
        }

        long now = time.GetTimestamp();
        CacheKey key = _keys.OfQuestion(fields);
        if (_memory.Recall(key, now) is { } known)
        {
            output.Add(channelId, known);
            return;
        }

        if (!fields.TryReadExtras(out string? clientAddress))
        {
            stderr.Complain("extras", "the third field of a line is no IP address: squid.conf needs key_extras \"%>a %lp\", and --concurrency must equal concurrency=.");
            output.Add(channelId, BasicReplies.BadLine);
            return;
        }

        if (!PercentEscapes.TryDecode(fields.User, out string userId) || !PercentEscapes.TryDecode(fields.Password, out string password))
        {
            output.Add(channelId, BasicReplies.Malformed);
            return;
        }

        Question question = new(key, settings.Grace > TimeSpan.Zero ? _keys.OfCredentials(fields) : default, now);
        if (_portals.AreAllAway)
        {
            output.Add(channelId, WithoutPortal(question, now));
            return;
        }

        Ask(channelId, question, new VerifyRequest
        {
            Scheme = "Basic",
            UserId = userId,
            Password = password,
            ClientAddress = clientAddress,
            Endpoint = settings.Endpoint,
        });
    }

    public void AnswerTooLong(ReadOnlySpan<byte> beginning)
    {
        SquidHelperLine.TryParse(beginning, settings.WithChannelId, out SquidHelperLine parsed);
        stderr.Complain("too long", $"a line is longer than {SquidLineBuffer.DefaultMaxLineBytes} bytes; it is skipped to its end.");
        output.Add(parsed.ChannelId, BasicReplies.BadLine);
    }

    public void Finish(TimeSpan patience)
    {
        if (_pending.WaitForAll(patience, time))
            return;
        _farewell.Cancel();
        _pending.WaitForAll(LastWords, time);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _farewell.Dispose();
    }

    private void Ask(ReadOnlySpan<byte> channelId, in Question question, VerifyRequest request)
    {
        if (_pending.Begin(question.Key, channelId.ToArray()))
            _ = AskAsync(question, JsonSerializer.SerializeToUtf8Bytes(request, VerifyJsonContext.Default.VerifyRequest));
        if (!_pending.IsFull)
            return;
        // What is answered already does not wait for a stop of the reading.
        output.Flush();
        _pending.WaitForRoom();
    }

    private async Task AskAsync(Question question, byte[] body)
    {
        byte[] reply = BasicReplies.Unavailable;
        try
        {
            reply = Settle(question, await _portals.AskAsync(body, question.AskedAt, _farewell.Token));
        }
        catch (OperationCanceledException)
        {
            // End of input: nobody waits for more than a BH.
        }
        catch (Exception e)
        {
            // A bug of ours must cost one BH, not the proxy: Squid ends with helpers that die.
            stderr.Complain("bug", $"unexpected {e.GetType().Name} while asking the portal; please report it.");
        }

        List<byte[]> channels = _pending.Take(question.Key);
        foreach (byte[] channelId in channels)
            output.Write(channelId, reply);
        _pending.End(channels.Count);
    }

    private byte[] Settle(in Question question, PortalAnswer answer)
    {
        byte[]? reply = BasicReplies.TryFrom(answer);
        if (reply is null)
        {
            stderr.Complain("too many groups", "an answer of the portal is too long for Squid: the user is in too many groups.");
            return BasicReplies.Unavailable;
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
        if (_memory.RecallWithinGrace(question, now) is not { } lastKnownGood)
            return BasicReplies.Unavailable;
        stderr.Complain("grace", $"no portal answers: logins that it accepted in the last {new Duration(settings.Grace)} are let in (--grace).");
        return lastKnownGood;
    }
}
