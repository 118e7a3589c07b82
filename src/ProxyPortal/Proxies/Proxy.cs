using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Data;
using ProxyPortal.Groups;

namespace ProxyPortal.Proxies;

/// <summary>A proxy that asks the portal. It proves itself by one of its caller keys.</summary>
public sealed class Proxy : IVersioned, IDirectoryEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    /// <summary>The realm in its challenges.</summary>
    public required string Realm { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The last call that proved a key of this proxy; written at most once a minute.</summary>
    public DateTimeOffset? LastCallAt { get; set; }

    public List<ProxyEndpoint> Endpoints { get; } = [];

    public List<CallerKey> CallerKeys { get; } = [];

    public long Version { get; set; }
}

/// <summary>A place where users arrive at a proxy.</summary>
public sealed class ProxyEndpoint : IVersioned, IDirectoryEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid ProxyId { get; set; }

    public Proxy? Proxy { get; set; }

    /// <summary>Unique in the portal: callers and groups name it.</summary>
    public required string Name { get; set; }

    public required string Host { get; set; }

    public int Port { get; set; }

    public ProxyTransport Transport { get; set; }

    public AuthSchemes Schemes { get; set; } = AuthSchemes.Basic;

    public List<Group> Groups { get; } = [];

    public long Version { get; set; }

    public ProxyAddress Address => new(Host, Port, Transport);
}

/// <summary>A key by which a proxy proves itself. At most two are valid at a time, so that one can be rotated without a gap.</summary>
public sealed class CallerKey : IDirectoryEntry
{
    public const int MaxValid = 2;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid ProxyId { get; set; }

    public Proxy? Proxy { get; set; }

    /// <summary>SHA-256 of the key; keys have at least 128 bits, so a fast hash is enough.</summary>
    public required byte[] Digest { get; set; }

    /// <summary>The first characters, so that people tell two keys apart.</summary>
    public required string Hint { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }
}
