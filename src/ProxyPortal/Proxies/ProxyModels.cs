using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;

namespace ProxyPortal.Proxies;

public sealed record ProxySummary(Guid Id, string Name, string Realm, IReadOnlyList<EndpointDetail> Endpoints, int ValidKeys, DateTimeOffset? LastCallAt)
{
    /// <summary>Whether <paramref name="text"/> is part of the name, the realm, or the name or address of an endpoint.</summary>
    public bool Matches(string text) =>
        Has(Name, text) || Has(Realm, text) || Endpoints.Any(endpoint => Has(endpoint.Name, text) || Has(endpoint.Address.ToString(), text));

    private static bool Has(string whole, string part) => whole.Contains(part, StringComparison.OrdinalIgnoreCase);
}

public sealed record ProxyDetail(
    Guid Id, string Name, string Realm, DateTimeOffset CreatedAt, DateTimeOffset? LastCallAt, IReadOnlyList<EndpointDetail> Endpoints, IReadOnlyList<CallerKeyDetail> Keys, long Version);

public sealed record EndpointDetail(Guid Id, Guid ProxyId, string Name, string Host, int Port, ProxyTransport Transport, AuthSchemes Schemes, long Version)
{
    public ProxyAddress Address => new(Host, Port, Transport);

    /// <summary>Basic without TLS: whoever sits between user and proxy reads the password.</summary>
    public bool SendsCredentialsInClear => Transport is not ProxyTransport.Https && Schemes.HasFlag(AuthSchemes.Basic);
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

/// <summary>A new proxy, and the key by which it proves itself: shown once.</summary>
public sealed record CreatedProxy(ProxyDetail Proxy, IssuedCallerKey Key)
{
    public Guid Id => Proxy.Id;
}
