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

    public string? Location { get; set; }

    /// <summary>Whom to ask about it: a name, a mail address, a number.</summary>
    public string? Contact { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The last call that proved a key of this proxy; written at most once a minute.</summary>
    public DateTimeOffset? LastCallAt { get; set; }

    public List<ProxyEndpoint> Endpoints { get; } = [];

    public List<CallerKey> CallerKeys { get; } = [];

    public long Version { get; set; }
}

/// <summary>Who may see an endpoint in the published documentation.</summary>
public enum EndpointVisibility
{
    /// <summary>Everyone who is signed in and whose groups allow it.</summary>
    SignedIn = 0,

    /// <summary>Everyone, signed in or not.</summary>
    Public = 1,

    /// <summary>Only members of a group that names it.</summary>
    Groups = 2,
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

    /// <summary>The allowed schemes in the order of the challenges, by their registered names; empty = the order of <see cref="AuthScheme.All"/>.</summary>
    public List<string> SchemeOrder { get; set; } = [];

    /// <summary>The name in the certificate of a proxy that speaks TLS, where it is not <see cref="Host"/>.</summary>
    public string? TlsName { get; set; }

    /// <summary>The SHA-256 of that certificate, as <see cref="CertificateFingerprint"/> writes it.</summary>
    public string? TlsFingerprint { get; set; }

    public EndpointVisibility Visibility { get; set; } = EndpointVisibility.SignedIn;

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

    /// <summary>When it stops working by itself, so that a rotation is finished by the clock.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Networks from which it may be used; empty = from anywhere.</summary>
    public List<string> Networks { get; set; } = [];

    /// <summary>What it may do beyond verifying, among the scopes of <see cref="CallerKeyRules"/>.</summary>
    public List<string> Scopes { get; set; } = [];

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When it last stood in a URL, where logs keep it: it has to be replaced.</summary>
    public DateTimeOffset? ExposedAt { get; set; }

    public bool IsValid(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}
