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

    public PortalList(HelperSettings settings, string path, ServedStaleLog served, TimeProvider time, Stderr stderr)
    {
        (_settings, _served, _time, _stderr) = (settings, served, time, stderr);
        _deadlines = new Deadlines(time);
        _portals = [.. settings.Portals.Select(url => new Portal(url, path, settings, _deadlines, time, stderr))];
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
    public async ValueTask<PortalAnswer> AskAsync(byte[] body, long askedAt)
    {
        PortalAnswer answer = new(PortalVerdict.Unavailable);
        for (int i = 0; i < _portals.Length; i++)
        {
            Portal portal = _portals[i];
            long now = _time.GetTimestamp();
            long left = askedAt + (long)(_settings.Timeout.TotalSeconds * _time.TimestampFrequency) - now;
            if (portal.IsAway || left <= 0 || _deadlines.HasEnded)
                continue;
            PortalAnswer next = await portal.AskAsync(body, now + left / PortalsToTry(i));
            if (next.Verdict is not (PortalVerdict.Unavailable or PortalVerdict.Unusable))
            {
                if (!_served.IsEmpty)
                    _ = _served.TellAsync(portal);
                return next;
            }

            _stderr.Complain($"{portal.Name} {next.Fault}", $"{portal.Name}: {next.Fault}");
            // "Unusable" weighs more: somebody is there, so the last known good must not stand in.
            if (answer.Verdict is not PortalVerdict.Unusable)
                answer = next;
        }

        return answer;
    }

    /// <summary>Everything asked is given up now, and nothing more is asked.</summary>
    public void EndAll() => _deadlines.EndAll();

    private int PortalsToTry(int from)
    {
        int count = 1;
        for (int i = from + 1; i < _portals.Length; i++)
            count += _portals[i].IsAway ? 0 : 1;
        return count;
    }
}
