using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>The portals in the order of the command line: the next is asked only when one gives no verdict.</summary>
internal sealed class PortalList(HelperSettings settings, TimeProvider time, Stderr stderr)
{
    private readonly Portal[] _portals = [.. settings.Portals.Select(url => new Portal(url, settings, time, stderr))];

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
    public async Task<PortalAnswer> AskAsync(byte[] body, long askedAt, CancellationToken cancellation)
    {
        PortalAnswer answer = new(PortalVerdict.Unavailable);
        for (int i = 0; i < _portals.Length; i++)
        {
            Portal portal = _portals[i];
            TimeSpan left = settings.Timeout - time.GetElapsedTime(askedAt);
            if (portal.IsAway || left <= TimeSpan.Zero)
                continue;
            int toTry = 1 + _portals.Skip(i + 1).Count(static other => !other.IsAway);
            PortalAnswer next = await portal.AskAsync(body, left / toTry, cancellation);
            if (next.Verdict is not (PortalVerdict.Unavailable or PortalVerdict.Unusable))
                return next;
            stderr.Complain($"{portal.Name} {next.Fault}", $"{portal.Name}: {next.Fault}");
            // "Unusable" weighs more: somebody is there, so the last known good must not stand in.
            if (answer.Verdict is not PortalVerdict.Unusable)
                answer = next;
        }

        return answer;
    }
}
