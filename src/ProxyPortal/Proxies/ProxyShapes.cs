using System.Globalization;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;

namespace ProxyPortal.Proxies;

/// <summary>A proxy as the API tells it. Its keys are told by their beginnings.</summary>
internal record ProxyShape(
    Guid Id, string Name, string Realm, string? Location, string? Contact, DateTimeOffset? CreatedAt, DateTimeOffset? LastCallAt,
    IReadOnlyList<EndpointShape> Endpoints, IReadOnlyList<KeyShape>? CallerKeys)
{
    public static ProxyShape Of(ProxyDetail proxy) => new(
        proxy.Id, proxy.Name, proxy.Realm, proxy.Location, proxy.Contact, proxy.CreatedAt, proxy.LastCallAt, [.. proxy.Endpoints.Select(EndpointShape.Of)], [.. proxy.Keys.Select(KeyShape.Of)]);

    public static ProxyShape Of(ProxySummary proxy) => new(
        proxy.Id, proxy.Name, proxy.Realm, null, null, null, proxy.LastCallAt, [.. proxy.Endpoints.Select(EndpointShape.Of)], null);
}

internal sealed record EndpointShape(
    Guid Id, Guid ProxyId, string Name, string Host, int Port, ProxyTransport Transport, IReadOnlyList<string> Schemes, string? TlsName, string? TlsFingerprint, EndpointVisibility Visibility, bool SendsCredentialsInClear)
{
    public static EndpointShape Of(EndpointDetail endpoint) => new(
        endpoint.Id, endpoint.ProxyId, endpoint.Name, endpoint.Host, endpoint.Port, endpoint.Transport, endpoint.SchemeOrder, endpoint.TlsName, endpoint.TlsFingerprint, endpoint.Visibility,
        endpoint.SendsCredentialsInClear);
}

internal sealed record KeyShape(
    Guid Id, string Hint, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExposedAt,
    IReadOnlyList<string> Networks, IReadOnlyList<string> Scopes)
{
    public static KeyShape Of(CallerKeyDetail key) => new(key.Id, key.Hint, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt, key.ExposedAt, key.Networks, key.Scopes);
}

/// <summary>A new proxy with its caller key, which is told only now.</summary>
internal sealed record CreatedProxyShape : ProxyShape
{
    public CreatedProxyShape(ProxyDetail proxy, string callerKey)
        : base(Of(proxy)) => CallerKey = callerKey;

    public string CallerKey { get; }
}

/// <summary>A new caller key, told only now.</summary>
internal sealed record IssuedKeyShape(Guid Id, string CallerKey);

internal sealed record NewProxyBody
{
    public required string Name { get; init; }

    public required string Realm { get; init; }

    public string? Location { get; init; }

    public string? Contact { get; init; }

    public required EndpointBody Endpoint { get; init; }
}

internal sealed record ProxyBody
{
    public Given<string> Name { get; init; }

    public Given<string> Realm { get; init; }

    public Given<string> Location { get; init; }

    public Given<string> Contact { get; init; }
}

internal sealed record EndpointBody
{
    public Given<string> Name { get; init; }

    public Given<string> Host { get; init; }

    public Given<int?> Port { get; init; }

    public Given<ProxyTransport?> Transport { get; init; }

    /// <summary>Registered names, such as <c>Basic</c>, in the order of the challenges.</summary>
    public Given<IReadOnlyList<string>> Schemes { get; init; }

    public Given<string> TlsName { get; init; }

    /// <summary>The SHA-256 of its certificate.</summary>
    public Given<string> TlsFingerprint { get; init; }

    public Given<EndpointVisibility?> Visibility { get; init; }

    /// <param name="now">What holds where the body says nothing.</param>
    /// <param name="prefix">Of the fields in errors.</param>
    public Result<EndpointInput> ToInput(EndpointInput now, string prefix = "")
    {
        AuthSchemes schemes = now.Schemes;
        if (Schemes.IsNamed)
        {
            schemes = AuthSchemes.None;
            foreach (string name in Schemes.Value ?? [])
            {
                if (!AuthScheme.TryParse(name, out AuthSchemes scheme))
                    return new Error("schemes_invalid", $"The schemes are {string.Join(", ", AuthScheme.All.Select(entry => entry.Name))}.", $"{prefix}schemes");
                schemes |= scheme;
            }
        }
        return now with
        {
            Name = Name.Or(now.Name) ?? "",
            Host = Host.Or(now.Host) ?? "",
            Port = Port.IsNamed ? Port.Value?.ToString(CultureInfo.InvariantCulture) ?? "" : now.Port,
            Transport = Transport.Or(now.Transport) ?? ProxyTransport.Http,
            Schemes = schemes,
            SchemeOrder = Schemes.IsNamed ? Schemes.Value ?? [] : now.SchemeOrder,
            TlsName = TlsName.Or(now.TlsName),
            TlsFingerprint = TlsFingerprint.Or(now.TlsFingerprint),
            Visibility = Visibility.Or(now.Visibility) ?? EndpointVisibility.SignedIn,
        };
    }
}

internal sealed record KeyBody
{
    public Given<IReadOnlyList<string>> Networks { get; init; }

    public Given<IReadOnlyList<string>> Scopes { get; init; }

    public Given<DateTimeOffset?> ExpiresAt { get; init; }

    public CallerKeyInput ToInput(CallerKeyInput now) => new() { Networks = Networks.Or(now.Networks) ?? [], Scopes = Scopes.Or(now.Scopes) ?? [], ExpiresAt = ExpiresAt.Or(now.ExpiresAt) };
}

internal sealed record RotateBody
{
    public IReadOnlyList<string>? Networks { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>For how long the present key goes on working.</summary>
    public int? OverlapHours { get; init; }
}
