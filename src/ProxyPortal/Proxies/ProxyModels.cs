using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;

namespace ProxyPortal.Proxies;

public sealed record ProxySummary(Guid Id, string Name, string Realm, IReadOnlyList<EndpointDetail> Endpoints, int ValidKeys, DateTimeOffset? LastCallAt);

public sealed record ProxyDetail(
    Guid Id, string Name, string Realm, DateTimeOffset CreatedAt, DateTimeOffset? LastCallAt, IReadOnlyList<EndpointDetail> Endpoints, IReadOnlyList<CallerKeyDetail> Keys, long Version);

public sealed record EndpointDetail(Guid Id, Guid ProxyId, string Name, string Host, int Port, ProxyTransport Transport, AuthSchemes Schemes, long Version)
{
    public ProxyAddress Address => new(Host, Port, Transport);
}

public sealed record CallerKeyDetail(Guid Id, string Hint, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt);

public sealed record EndpointInput
{
    public string Name { get; init; } = "";

    public string Host { get; init; } = "";

    public string Port { get; init; } = "3128";

    public ProxyTransport Transport { get; init; }

    public AuthSchemes Schemes { get; init; } = AuthSchemes.Basic;
}

/// <summary>A caller key in clear: exists only in this answer.</summary>
public sealed record IssuedCallerKey(Guid Id, string Key);

public sealed record CreatedProxy(Guid Id, IssuedCallerKey Key);
