using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>The portals in the order of the command line: the next is asked only when one gives no verdict.</summary>
internal sealed class PortalList
{
    private readonly HelperSettings _settings;
    private readonly TimeProvider _time;
    private readonly Stderr _stderr;
    private readonly Deadlines _deadlines;
    private readonly Portal[] _portals;
    private readonly ServedStaleLog _served;

    public PortalList(HelperSettings settings, IHelperKind kind, ServedStaleLog served, TimeProvider time, Stderr stderr)
    {
        (_settings, _served, _time, _stderr) = (settings, served, time, stderr);
        _deadlines = new Deadlines(time);
        _portals = [.. settings.Portals.Select(url => new Portal(url, kind, settings, _deadlines, time, stderr))];
        foreach (Portal portal in _portals)
            portal.CameBack += () => _ = served.TellAsync(portal);
    }

    public bool AreAllAway
    {
        get
        {
            foreach (Portal portal in _portals)
            {
                if (!portal.IsAway)
                    return false;
            }

            return true;
        }
    }

    /// <summary>The first verdict within the line's time. What is left of the time is shared evenly among the portals still to try,
    /// so that a first one that hangs does not use up the second one's.</summary>
    public async ValueTask<PortalAnswer> AskAsync(byte[] body, long askedAt, int first = 0)
    {
        PortalAnswer answer = new(PortalVerdict.Unavailable);
        for (int i = first; i < _portals.Length; i++)
        {
            Portal portal = _portals[i];
            long now = _time.GetTimestamp();
            long left = TimeLeft(askedAt, now);
            if (portal.IsAway || left <= 0 || _deadlines.HasEnded)
                continue;
            PortalAnswer next = await portal.AskAsync(body, now + left / PortalsToTry(i));
            if (next.Verdict is not (PortalVerdict.Unavailable or PortalVerdict.Unusable))
            {
                if (!_served.IsEmpty)
                    _ = _served.TellAsync(portal);
                return next;
            }

            Complain(portal, next);
            // "Unusable" weighs more: somebody is there, so the last known good must not stand in.
            if (answer.Verdict is not PortalVerdict.Unusable)
                answer = next;
        }

        return answer;
    }

    /// <summary>Whether the portal that would be asked now takes several questions at once.</summary>
    public bool TakesBatches => FirstThere() is var first && first < _portals.Length && _portals[first].TakesBatches;

    /// <summary>Asks the first portal that is there for <paramref name="count"/> questions together.</summary>
    /// <returns>What came of each, in order, null for what has to be asked alone, or empty for "all of them"; and the portal to begin with
    /// then: never again the one that gave no answer.</returns>
    public async ValueTask<(IReadOnlyList<PortalAnswer?> Each, int Next)> AskTogetherAsync(byte[] bodies, int count, long askedAt)
    {
        int first = FirstThere();
        long now = _time.GetTimestamp();
        long left = TimeLeft(askedAt, now);
        if (first == _portals.Length || left <= 0 || _deadlines.HasEnded)
            return ([], 0);
        PortalAnswer answer = await _portals[first].AskTogetherAsync(bodies, count, now + left / PortalsToTry(first));
        if (answer.Verdict is PortalVerdict.Unavailable)
        {
            Complain(_portals[first], answer);
            return ([], first + 1);
        }

        if (answer.Each is not { } each || each.Count != count)
            return ([], 0);
        if (!_served.IsEmpty)
            _ = _served.TellAsync(_portals[first]);
        return (each, 0);
    }

    /// <summary>Everything asked is given up now, and nothing more is asked.</summary>
    public void EndAll() => _deadlines.EndAll();

    private void Complain(Portal portal, PortalAnswer answer) => _stderr.Complain($"{portal.Name} {answer.Fault}", $"{portal.Name}: {answer.Fault}");

    private long TimeLeft(long askedAt, long now) => askedAt + (long)(_settings.Timeout.TotalSeconds * _time.TimestampFrequency) - now;

    private int FirstThere()
    {
        int first = 0;
        while (first < _portals.Length && _portals[first].IsAway)
            first++;
        return first;
    }

    private int PortalsToTry(int from)
    {
        int count = 1;
        for (int i = from + 1; i < _portals.Length; i++)
            count += _portals[i].IsAway ? 0 : 1;
        return count;
    }
}
