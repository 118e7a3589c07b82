using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;

namespace ProxyPortal.Proxies;

public sealed record ProxySummary(Guid Id, string Name, string Realm, IReadOnlyList<EndpointDetail> Endpoints, int ValidKeys, DateTimeOffset? LastCallAt)
{
    /// <summary>Whether <paramref name="text"/> is part of the name, the realm, or the name or address of an endpoint.</summary>
    public bool Matches(string text) =>
        Has(Name, text) || Has(Realm, text) || Endpoints.Any(endpoint => endpoint.Matches(text));

    private static bool Has(string whole, string part) => whole.Contains(part, StringComparison.OrdinalIgnoreCase);
}

public sealed record ProxyDetail(
    Guid Id, string Name, string Realm, string? Location, string? Contact, DateTimeOffset CreatedAt, DateTimeOffset? LastCallAt, IReadOnlyList<EndpointDetail> Endpoints, IReadOnlyList<CallerKeyDetail> Keys, long Version);

public sealed record EndpointDetail(
    Guid Id, Guid ProxyId, string Name, string Host, int Port, ProxyTransport Transport, AuthSchemes Schemes, string? TlsName, EndpointVisibility Visibility, long Version)
{
    /// <summary>The SHA-256 of its certificate.</summary>
    public string? TlsFingerprint { get; init; }

    public ProxyAddress Address => new(Host, Port, Transport);

    /// <summary>Whether <paramref name="text"/> is part of its name or address.</summary>
    public bool Matches(string text) => Name.Contains(text, StringComparison.OrdinalIgnoreCase) || Address.ToString().Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The allowed schemes by their registered names, in the order of the challenges.</summary>
    public IReadOnlyList<string> SchemeOrder => Challenges.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The same in one text, so that two of one state are equal.</summary>
    public string Challenges { get; init; } = "";

    /// <summary>Basic without TLS: whoever sits between user and proxy reads the password.</summary>
    public bool SendsCredentialsInClear => Transport is not ProxyTransport.Https && Schemes.HasFlag(AuthSchemes.Basic);
}

public sealed record CallerKeyDetail(
    Guid Id, string Hint, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt, DateTimeOffset? ExpiresAt, IReadOnlyList<string> Networks, IReadOnlyList<string> Scopes,
    DateTimeOffset? LastUsedAt, DateTimeOffset? ExposedAt)
{
    public bool IsValid(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}

/// <summary>What an administrator may set of a proxy.</summary>
public sealed record ProxyInput
{
    public string Name { get; init; } = "";

    public string Realm { get; init; } = "";

    public string? Location { get; init; }

    public string? Contact { get; init; }
}

/// <summary>What an administrator may set of a caller key.</summary>
public sealed record CallerKeyInput
{
    /// <summary>Addresses and prefixes from which it may be used; none = from anywhere.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>What it may do beyond verifying, among <see cref="CallerKeyRules.Scopes"/>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public DateTimeOffset? ExpiresAt { get; init; }
}

public sealed record EndpointInput
{
    public string Name { get; init; } = "";

    public string Host { get; init; } = "";

    public string Port { get; init; } = "3128";

    public ProxyTransport Transport { get; init; }

    public AuthSchemes Schemes { get; init; } = AuthSchemes.Basic;

    public string? TlsName { get; init; }

    /// <summary>The SHA-256 of its certificate, 64 hexadecimal digits with or without colons.</summary>
    public string? TlsFingerprint { get; init; }

    public EndpointVisibility Visibility { get; init; }

    /// <summary>Registered names in the order of the challenges; those that are not named stand behind them.</summary>
    public IReadOnlyList<string> SchemeOrder { get; init; } = [];
}

/// <summary>A caller key in clear: exists only in this answer.</summary>
public sealed record IssuedCallerKey(Guid Id, string Key);

/// <summary>A new proxy, and the key by which it proves itself: shown once.</summary>
public sealed record CreatedProxy(ProxyDetail Proxy, IssuedCallerKey Key)
{
    public Guid Id => Proxy.Id;
}
