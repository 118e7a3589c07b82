using ProxyPortal.SquidHelper.Portals;

namespace ProxyPortal.SquidHelper.Memory;

/// <summary>One question under its keys.</summary>
/// <param name="Key">User, secret and place.</param>
/// <param name="Credentials">User and secret; only made while a grace period can need it.</param>
/// <param name="AskedAt">Timestamp from before the portal was asked.</param>
/// <param name="Login">Who it is, for the portal to be told; only made while a grace period can need it.</param>
internal readonly record struct Question(CacheKey Key, CacheKey Credentials, long AskedAt, StaleLogin? Login);
