using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Proxies;

namespace ProxyPortal.Publishing;

/// <summary>What is published of an endpoint: what a client must know to arrive, and whom to ask.</summary>
/// <param name="Name">What the administrators call it; unique.</param>
/// <param name="ProxyId">The proxy that listens there.</param>
/// <param name="Address">Host and port to enter.</param>
/// <param name="Schemes">How one may sign in there, by registered names, in the order of the challenges.</param>
/// <param name="Realm">What clients show when they ask for the password.</param>
/// <param name="TlsName">The name in the certificate of a proxy that speaks TLS; null where it speaks none.</param>
public sealed record ConnectEndpoint(string Name, Guid ProxyId, ProxyAddress Address, IReadOnlyList<string> Schemes, string Realm, string? TlsName)
{
    public Guid Id { get; init; }

    /// <summary>The SHA-256 of that certificate, for those who check it.</summary>
    public string? TlsFingerprint { get; init; }

    public string? Location { get; init; }

    /// <summary>Whom to ask: a name, a mail address, a number.</summary>
    public string? Contact { get; init; }

    /// <summary>When its proxy last asked the portal, as far as the database knows; the living value has <see cref="Verification.VerificationActivity"/>.</summary>
    public DateTimeOffset? LastCallAt { get; init; }

    /// <summary>Basic without TLS: whoever sits between user and proxy reads the secret.</summary>
    public bool IsClear => Address.Transport is not ProxyTransport.Https && Schemes.Contains("Basic", StringComparer.Ordinal);

    /// <param name="endpoint">With its proxy.</param>
    /// <param name="allowed">What the reader may use; all that is offered for a reader whom nobody knows.</param>
    internal static ConnectEndpoint Of(ProxyEndpoint endpoint, AuthSchemes allowed) => new(
        endpoint.Name, endpoint.ProxyId, endpoint.Address, [.. AuthScheme.InOrder(endpoint.Schemes & allowed, endpoint.SchemeOrder)], endpoint.Proxy!.Realm,
        endpoint.Transport is ProxyTransport.Https ? endpoint.TlsName ?? endpoint.Host : null)
    {
        Id = endpoint.Id,
        TlsFingerprint = endpoint.Transport is ProxyTransport.Https ? endpoint.TlsFingerprint : null,
        Location = endpoint.Proxy.Location,
        Contact = endpoint.Proxy.Contact,
        LastCallAt = endpoint.Proxy.LastCallAt,
    };
}
