namespace ProxyPortal.Verification.Throttling;

/// <summary>The wrong secrets that were tried at one place, and those whose comparison is under way. The same secret counts once, however often
/// it is sent: a device that holds an old one is no guesser.</summary>
internal sealed class FailureSlot : ISlot
{
    private const int Remembered = 8;
    private readonly ulong[] _wrong = new ulong[Remembered];
    private readonly List<(ulong Secret, int Askers)> _underWay = [];
    private int _next;

    public ulong Key { get; set; }

    public long LastAt { get; set; }

    public int Weight => Failures + _underWay.Count;

    /// <summary>Different wrong secrets.</summary>
    public int Failures { get; private set; }

    /// <summary>Until when nothing is looked at.</summary>
    public long WaitUntil { get; set; }

    /// <summary>Secrets whose comparison is under way; each may turn out to be wrong.</summary>
    public int UnderWay => _underWay.Count;

    public bool IsUnderWay(ulong secret) => _underWay.Exists(one => one.Secret == secret);

    public bool IsKnownWrong(ulong secret) => Array.IndexOf(_wrong, secret) >= 0;

    public void Begin(ulong secret)
    {
        int at = _underWay.FindIndex(one => one.Secret == secret);
        if (at < 0)
            _underWay.Add((secret, 1));
        else
            _underWay[at] = (secret, _underWay[at].Askers + 1);
    }

    public void End(ulong secret)
    {
        int at = _underWay.FindIndex(one => one.Secret == secret);
        if (at < 0)
            return;
        if (_underWay[at].Askers > 1)
            _underWay[at] = (secret, _underWay[at].Askers - 1);
        else
            _underWay.RemoveAt(at);
    }

    /// <returns>False when this secret was counted before.</returns>
    public bool Count(ulong secret)
    {
        if (IsKnownWrong(secret))
            return false;
        _wrong[_next] = secret;
        _next = (_next + 1) % Remembered;
        Failures++;
        return true;
    }

    /// <summary>It was no guess after all.</summary>
    public bool Forgive(ulong secret)
    {
        int at = Array.IndexOf(_wrong, secret);
        if (at < 0)
            return false;
        _wrong[at] = 0;
        Failures--;
        return true;
    }

    public void Clear()
    {
        Array.Clear(_wrong);
        (Failures, WaitUntil) = (0, 0);
    }
}
