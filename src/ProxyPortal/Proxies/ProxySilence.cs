namespace ProxyPortal.Proxies;

/// <summary>When a proxy counts as silent, wherever that is said: on its chip, in the lists, on the overview.</summary>
public static class ProxySilence
{
    /// <summary>An hour. A proxy in use asks every minute, because it remembers an answer no longer; but a lunch break in a small office
    /// must not raise an alarm, and a proxy that broke must not go unseen until the next day.</summary>
    public static TimeSpan After { get; } = TimeSpan.FromHours(1);

    /// <summary>Whether the last call is too long ago. A proxy that never called is silent too.</summary>
    public static bool IsSilent(DateTimeOffset? lastCallAt, DateTimeOffset now) => lastCallAt is not { } at || now - at >= After;
}
