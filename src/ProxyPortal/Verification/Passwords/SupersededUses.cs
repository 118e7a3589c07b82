using System.Collections.Concurrent;
using System.Net;

namespace ProxyPortal.Verification.Passwords;

/// <summary>Someone still sends a secret that was replaced: what a user needs to know to find the device.</summary>
/// <param name="UserId">Whose secret it was.</param>
/// <param name="Login">The login name, with the device where one was named.</param>
/// <param name="Address">From where, if the caller told.</param>
/// <param name="ReplacedAt">When the secret was replaced.</param>
/// <param name="FirstAt">When it was seen first since this process started.</param>
/// <param name="LastAt">When it was seen last.</param>
/// <param name="Count">How often.</param>
public sealed record SupersededUse(Guid UserId, string Login, IPAddress? Address, DateTimeOffset ReplacedAt, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Count);

/// <summary>Uses of replaced secrets, in memory and bounded: one entry for each login and address.</summary>
public sealed class SupersededUses
{
    private const int Most = 1000;
    private readonly ConcurrentDictionary<(Guid, string, IPAddress?), SupersededUse> _uses = new();

    public IReadOnlyCollection<SupersededUse> All => [.. _uses.Values];

    /// <summary>Of one user, the latest first.</summary>
    public IReadOnlyList<SupersededUse> Of(Guid userId) => [.. _uses.Values.Where(use => use.UserId == userId).OrderByDescending(use => use.LastAt)];

    /// <summary>The one seam through which every recognised use passes. Times are UTC ticks.</summary>
    internal void RecordSuperseded(Guid userId, string login, IPAddress? address, long replacedAt, long at)
    {
        DateTimeOffset now = new(at, TimeSpan.Zero);
        _uses.AddOrUpdate((userId, login, address), _ => new(userId, login, address, new(replacedAt, TimeSpan.Zero), now, now, 1),
            (_, use) => use with { LastAt = now, Count = use.Count + 1 });
        if (_uses.Count > Most && _uses.MinBy(use => use.Value.LastAt) is { Key: var oldest })
            _uses.TryRemove(oldest, out _);
    }
}
