using ProxyPortal.SquidHelper.Memory;

namespace ProxyPortal.SquidHelper;

/// <summary>What the portal is being asked, and which channels wait for it: the same question on ten channels is asked once.</summary>
/// <param name="limit">How many channels may wait before the reading stops.</param>
internal sealed class PendingQuestions(int limit)
{
    private readonly Dictionary<CacheKey, List<byte[]>> _channels = [];
    private int _open;

    /// <summary>True for whoever has to ask; otherwise the channel is answered together with those before it.</summary>
    public bool Begin(in CacheKey question, byte[] channelId)
    {
        lock (_channels)
        {
            _open++;
            if (_channels.TryGetValue(question, out List<byte[]>? waiting))
            {
                waiting.Add(channelId);
                return false;
            }

            _channels.Add(question, [channelId]);
            return true;
        }
    }

    /// <summary>The channels to answer; from here on the same question is a new one.</summary>
    public List<byte[]> Take(in CacheKey question)
    {
        lock (_channels)
        {
            _channels.Remove(question, out List<byte[]>? waiting);
            return waiting!;
        }
    }

    /// <summary>The channels taken are answered.</summary>
    public void End(int channels)
    {
        lock (_channels)
        {
            _open -= channels;
            Monitor.PulseAll(_channels);
        }
    }

    public bool IsFull
    {
        get
        {
            lock (_channels)
                return _open >= limit;
        }
    }

    /// <summary>Stops the reading while more is asked than Squid ever does.</summary>
    public void WaitForRoom()
    {
        lock (_channels)
        {
            while (_open >= limit)
                Monitor.Wait(_channels);
        }
    }

    /// <summary>False when something is still open after <paramref name="patience"/>.</summary>
    public bool WaitForAll(TimeSpan patience, TimeProvider time)
    {
        long start = time.GetTimestamp();
        lock (_channels)
        {
            while (_open > 0)
            {
                TimeSpan left = patience - time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_channels, left))
                    return _open == 0;
            }

            return true;
        }
    }
}
