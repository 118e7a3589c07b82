using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Memory;

/// <summary>What the portal said lately, by question. Ages are counted from before the question was sent and on the monotonic clock:
/// a late answer is not a fresh one, and nobody's clock change keeps a login alive.</summary>
internal sealed class AnswerMemory(HelperSettings settings, TimeProvider time)
{
    /// <summary>Longer replies do not occur.</summary>
    public const int MaxReplyBytes = 16 * 1024;

    private readonly Lock _gate = new();

    // Two generations each, 5 MB if all are full of usual replies. Guessers fill the rejections only.
    private readonly ReplyMap _accepted = new(18_000, 1_800_000);
    private readonly ReplyMap _rejected = new(4_096, 400_000);

    // User and password alone, kept for the grace period: a rejection at one address also ends what another was given on credit.
    // What is not in here has no credit, so that a flood of wrong guesses cannot wash a rejection out.
    private readonly ReplyMap _inGoodStanding = new(16_384, 0);

    /// <summary>Copies the reply to exactly this question, if it is still good; its length, or -1.</summary>
    public int Recall(in CacheKey question, long now, Span<byte> reply)
    {
        lock (_gate)
        {
            // A later rejection has removed the acceptance, and a later acceptance the rejection.
            int length = _accepted.Find(question, reply, out long askedAt, out int lifetime);
            if (length >= 0 && IsYounger(askedAt, now, lifetime))
                return length;
            length = _rejected.Find(question, reply, out askedAt, out lifetime);
            return length >= 0 && IsYounger(askedAt, now, lifetime) ? length : -1;
        }
    }

    /// <summary>Last known good: only to be asked while no portal can be reached.</summary>
    public int RecallWithinGrace(in Question question, long now, Span<byte> reply)
    {
        if (settings.Grace == TimeSpan.Zero)
            return -1;
        lock (_gate)
        {
            // The credential itself may end sooner than the grace period: the portal told when.
            if (_inGoodStanding.Find(question.Credentials, [], out long provedAt, out int credit) < 0 || !IsYounger(provedAt, now, credit))
                return -1;
            int length = _accepted.Find(question.Key, reply, out long askedAt, out _);
            return length >= 0 && IsYounger(askedAt, now, Milliseconds(settings.Grace)) ? length : -1;
        }
    }

    /// <param name="question">What was asked.</param>
    /// <param name="reply">What was replied.</param>
    /// <param name="validFor">How long the portal lets it be remembered.</param>
    /// <param name="endsIn">When the credential itself ends, if that is soon.</param>
    public void Accepted(in Question question, ReadOnlySpan<byte> reply, TimeSpan validFor, TimeSpan? endsIn)
    {
        TimeSpan credit = endsIn < settings.Grace ? endsIn.Value : settings.Grace;
        TimeSpan lifetime = validFor < settings.CacheTtl ? validFor : settings.CacheTtl;
        lock (_gate)
        {
            _rejected.Remove(question.Key);
            if (lifetime > TimeSpan.Zero || settings.Grace > TimeSpan.Zero)
                _accepted.Set(question.Key, reply, question.AskedAt, Milliseconds(lifetime));
            if (settings.Grace > TimeSpan.Zero)
                _inGoodStanding.Set(question.Credentials, [], question.AskedAt, Milliseconds(credit));
        }
    }

    public void Rejected(in Question question, ReadOnlySpan<byte> reply, bool isTemporary)
    {
        lock (_gate)
        {
            _accepted.Remove(question.Key);
            if (settings.Grace > TimeSpan.Zero)
                _inGoodStanding.Remove(question.Credentials);
            if (settings.NegativeTtl > TimeSpan.Zero && !isTemporary)
                _rejected.Set(question.Key, reply, question.AskedAt, Milliseconds(settings.NegativeTtl));
        }
    }

    private bool IsYounger(long askedAt, long now, int milliseconds) => (now - askedAt) * 1000.0 / time.TimestampFrequency < milliseconds;

    private static int Milliseconds(TimeSpan span) => (int)span.TotalMilliseconds;
}
