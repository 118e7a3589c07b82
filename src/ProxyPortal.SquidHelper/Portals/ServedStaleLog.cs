using System.Runtime.InteropServices;
using System.Text.Json;
using ProxyPortal.Core.Protocols;
using ProxyPortal.SquidHelper.Options;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>Whom a line was about, in clear: kept only where something may have to be told about it later.</summary>
internal sealed record StaleLogin(string UserId, string? ClientAddress);

/// <summary>Who was let in on the last known good, until a portal is back to be told. Bounded: whoever comes too late for a place of
/// his own is counted with all the others.</summary>
internal sealed class ServedStaleLog(HelperSettings settings, TimeProvider time)
{
    private const int MaxLogins = 500;
    private static readonly StaleLogin Others = new("", null);

    private readonly Lock _gate = new();
    private readonly Dictionary<StaleLogin, Served> _served = [];
    private bool _isTelling;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _served.Count == 0;
        }
    }

    public void Add(StaleLogin login)
    {
        long now = time.GetTimestamp();
        lock (_gate)
        {
            if (_served.Count >= MaxLogins && !_served.ContainsKey(login))
                login = Others;
            ref Served served = ref CollectionsMarshal.GetValueRefOrAddDefault(_served, login, out bool exists);
            served = new Served(served.Count + 1, exists ? served.First : now, now);
        }
    }

    /// <summary>Tells a portal that answers again, batch by batch; what it does not take is told the next time. Never throws.</summary>
    public async Task TellAsync(Portal portal)
    {
        lock (_gate)
        {
            if (_isTelling)
                return;
            _isTelling = true;
        }

        try
        {
            while (Take() is { Count: > 0 } batch)
            {
                long now = time.GetTimestamp();
                long deadline = now + (long)(settings.Timeout.TotalSeconds * time.TimestampFrequency);
                if (await portal.TellAsync(JsonSerializer.SerializeToUtf8Bytes(RequestOf(batch, now), VerifyJsonContext.Default.BackfillRequest), deadline))
                    continue;
                PutBack(batch);
                return;
            }
        }
        finally
        {
            lock (_gate)
                _isTelling = false;
        }
    }

    private List<KeyValuePair<StaleLogin, Served>> Take()
    {
        lock (_gate)
        {
            List<KeyValuePair<StaleLogin, Served>> batch = [.. _served.Take(BackfillRequest.MaxEntries)];
            foreach ((StaleLogin login, _) in batch)
                _served.Remove(login);
            return batch;
        }
    }

    private void PutBack(List<KeyValuePair<StaleLogin, Served>> batch)
    {
        lock (_gate)
        {
            foreach ((StaleLogin login, Served served) in batch)
            {
                Served since = _served.GetValueOrDefault(login, served with { Count = 0 });
                _served[login] = new Served(served.Count + since.Count, served.First, since.Last);
            }
        }
    }

    private BackfillRequest RequestOf(List<KeyValuePair<StaleLogin, Served>> batch, long now) => new()
    {
        Served = [.. batch.Select(entry => new ServedStale
        {
            UserId = ReferenceEquals(entry.Key, Others) ? null : entry.Key.UserId,
            ClientAddress = entry.Key.ClientAddress,
            Count = entry.Value.Count,
            FirstAgo = SecondsSince(entry.Value.First, now),
            LastAgo = SecondsSince(entry.Value.Last, now),
        })],
    };

    private int SecondsSince(long then, long now) => (int)time.GetElapsedTime(then, now).TotalSeconds;

    private readonly record struct Served(int Count, long First, long Last);
}
