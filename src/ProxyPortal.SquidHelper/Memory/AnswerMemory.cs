using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Memory;

/// <summary>What the portal said lately, by question. Ages are counted from before the question was sent and on the monotonic clock:
/// a late answer is not a fresh one, and nobody's clock change keeps a login alive.</summary>
internal sealed class AnswerMemory(HelperSettings settings, TimeProvider time)
{
    // About 250 bytes an entry, 10 MB if both are full. Guessers fill the rejections only.
    private readonly BoundedMap<Entry> _accepted = new(32_768);
    private readonly BoundedMap<Entry> _rejected = new(8_192);

    // User and password alone, kept for the grace period: a rejection at one address also ends what another was given on credit.
    // What is not in here has no credit, so that a flood of wrong guesses cannot wash a rejection out.
    private readonly BoundedMap<Entry> _inGoodStanding = new(32_768);

    /// <summary>The reply to exactly this question, if it is still good.</summary>
    public byte[]? Recall(in CacheKey question, long now)
    {
        // A later rejection has removed the acceptance, and a later acceptance the rejection.
        Entry? known = _accepted.Find(question);
        if (known is not null && time.GetElapsedTime(known.AskedAt, now) < known.Lifetime)
            return known.Reply;
        known = _rejected.Find(question);
        return known is not null && time.GetElapsedTime(known.AskedAt, now) < known.Lifetime ? known.Reply : null;
    }

    /// <summary>Last known good: only to be asked while no portal can be reached.</summary>
    public byte[]? RecallWithinGrace(in Question question, long now)
    {
        if (settings.Grace == TimeSpan.Zero || _inGoodStanding.Find(question.Credentials) is null)
            return null;
        Entry? known = _accepted.Find(question.Key);
        return known is not null && time.GetElapsedTime(known.AskedAt, now) < settings.Grace ? known.Reply : null;
    }

    public void Accepted(in Question question, byte[] reply, TimeSpan validFor)
    {
        _rejected.Remove(question.Key);
        TimeSpan lifetime = validFor < settings.CacheTtl ? validFor : settings.CacheTtl;
        Entry entry = new(reply, question.AskedAt, lifetime);
        if (lifetime > TimeSpan.Zero || settings.Grace > TimeSpan.Zero)
            _accepted.Set(question.Key, entry);
        if (settings.Grace > TimeSpan.Zero)
            _inGoodStanding.Set(question.Credentials, entry);
    }

    public void Rejected(in Question question, byte[] reply, bool isTemporary)
    {
        _accepted.Remove(question.Key);
        _inGoodStanding.Remove(question.Credentials);
        if (settings.NegativeTtl > TimeSpan.Zero && !isTemporary)
            _rejected.Set(question.Key, new Entry(reply, question.AskedAt, settings.NegativeTtl));
    }

    private sealed record Entry(byte[] Reply, long AskedAt, TimeSpan Lifetime);
}
