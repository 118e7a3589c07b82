namespace ProxyPortal.SquidHelper.Memory;

/// <summary>One question under its keys.</summary>
/// <param name="Key">User, password and extras.</param>
/// <param name="Credentials">User and password; only made while a grace period can need it.</param>
/// <param name="AskedAt">Timestamp from before the portal was asked.</param>
internal readonly record struct Question(CacheKey Key, CacheKey Credentials, long AskedAt);
