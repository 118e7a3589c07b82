using System.Net;
using System.Net.Sockets;

namespace ProxyPortal.Account.SignIn;

/// <summary>
/// Slows guessing at every door that takes a secret. It counts by account and source together, so a guesser elsewhere never shuts the
/// owner out, and by source over all accounts. An attempt is counted before it is weighed: parallel guesses find the counter raised.
/// Unknown names are counted like known ones.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    public const int FreeFailures = 5;
    public const int SourceBurst = 50;
    private const int Capacity = 20_000;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan SourceWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan EverywherePerAttempt = TimeSpan.FromSeconds(36);
    private static readonly TimeSpan Memory = TimeSpan.FromHours(2);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Counter> _counters = new(StringComparer.Ordinal);

    /// <summary>Counts an attempt.</summary>
    /// <param name="account">What is guessed at, folded, and the door: <c>password:alice</c>.</param>
    /// <param name="source">The peer's address.</param>
    /// <returns>How long to wait when it may not be made now; null when it may.</returns>
    public TimeSpan? Begin(string account, IPAddress? source)
    {
        DateTimeOffset now = time.GetUtcNow();
        string from = SourceOf(source);
        lock (_gate)
        {
            Counter all = CounterOf(from, now), one = CounterOf($"{from}|{account}", now);
            if (all.TryAgainAt(now, SourceWindow / SourceBurst) is { } sourceWait)
                return sourceWait;
            if (one.BlockedUntil > now)
                return one.BlockedUntil - now;
            all.Tokens--;
            one.Failures++;
            one.BlockedUntil = one.Failures < FreeFailures ? now : now + Delay(one.Failures - FreeFailures);
            return null;
        }
    }

    /// <summary>Counts an attempt at a short code over all sources: 100 an hour, whoever makes them.</summary>
    public TimeSpan? BeginEverywhere(string account)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            Counter all = CounterOf($"*|{account}", now);
            if (all.TryAgainAt(now, EverywherePerAttempt) is { } wait)
                return wait;
            all.Tokens--;
            return null;
        }
    }

    /// <summary>The attempt was right, or was never weighed: it does not count.</summary>
    /// <returns>How many failures came before it.</returns>
    public int Forgive(string account, IPAddress? source, bool succeeded)
    {
        DateTimeOffset now = time.GetUtcNow();
        string from = SourceOf(source);
        lock (_gate)
        {
            Counter all = CounterOf(from, now), one = CounterOf($"{from}|{account}", now);
            all.Tokens = Math.Min(SourceBurst, all.Tokens + 1);
            int before = Math.Max(0, one.Failures - 1);
            one.Failures = succeeded ? 0 : before;
            one.BlockedUntil = now;
            return before;
        }
    }

    /// <summary>The network that one person can be expected to hold: an IPv4 address, a /64 of IPv6.</summary>
    public static string SourceOf(IPAddress? address)
    {
        if (address is null)
            return "local";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static TimeSpan Delay(int over) => TimeSpan.FromSeconds(Math.Min(LongestDelay.TotalSeconds, Math.Pow(2, Math.Min(over, 20))));

    private Counter CounterOf(string key, DateTimeOffset now)
    {
        if (!_counters.TryGetValue(key, out Counter? counter))
        {
            if (_counters.Count >= Capacity)
                MakeRoom(now);
            _counters[key] = counter = new Counter(now);
        }
        counter.LastAt = now;
        return counter;
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (string key in _counters.Where(pair => now - pair.Value.LastAt > Memory).Select(pair => pair.Key).ToList())
            _counters.Remove(key);
        if (_counters.Count < Capacity)
            return;
        // Those who failed least go first: flooding the table with new names must not free a guesser from his delay.
        foreach (string key in _counters.OrderBy(pair => pair.Value.Failures).ThenByDescending(pair => pair.Value.Tokens).ThenBy(pair => pair.Value.LastAt)
            .Take(Capacity / 10).Select(pair => pair.Key).ToList())
            _counters.Remove(key);
    }

    private sealed class Counter(DateTimeOffset now)
    {
        private DateTimeOffset _filledAt = now;

        public int Failures { get; set; }

        public DateTimeOffset BlockedUntil { get; set; } = now;

        public DateTimeOffset LastAt { get; set; } = now;

        public double Tokens { get; set; } = SourceBurst;

        public TimeSpan? TryAgainAt(DateTimeOffset now, TimeSpan perToken)
        {
            Tokens = Math.Min(SourceBurst, Tokens + (now - _filledAt) / perToken);
            _filledAt = now;
            return Tokens >= 1 ? null : (1 - Tokens) * perToken;
        }
    }
}
