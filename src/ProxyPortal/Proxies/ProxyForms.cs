using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;

namespace ProxyPortal.Proxies;

/// <summary>An endpoint as it is being typed.</summary>
public sealed class EndpointForm
{
    public string Name { get; set; } = "";

    public string Host { get; set; } = "";

    public string Port { get; set; } = "3128";

    public ProxyTransport Transport { get; set; }

    public AuthSchemes Schemes { get; set; } = AuthSchemes.Basic;

    public string? TlsName { get; set; }

    public string? TlsFingerprint { get; set; }

    public EndpointVisibility Visibility { get; set; }

    /// <summary>The chosen schemes in the order of the challenges.</summary>
    public IReadOnlyList<string> SchemeOrder { get; set; } = [];

    public bool SendsCredentialsInClear => Transport is not ProxyTransport.Https && Schemes.HasFlag(AuthSchemes.Basic);

    public static EndpointForm From(EndpointDetail endpoint) => new()
    {
        Name = endpoint.Name,
        Host = endpoint.Host,
        Port = endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Transport = endpoint.Transport,
        Schemes = endpoint.Schemes,
        TlsName = endpoint.TlsName,
        TlsFingerprint = endpoint.TlsFingerprint,
        Visibility = endpoint.Visibility,
        SchemeOrder = endpoint.SchemeOrder,
    };

    public EndpointInput ToInput() => new()
    {
        Name = Name.Trim(),
        Host = Host,
        Port = Port.Trim(),
        Transport = Transport,
        Schemes = Schemes,
        TlsName = TlsName,
        TlsFingerprint = TlsFingerprint,
        Visibility = Visibility,
        SchemeOrder = SchemeOrder,
    };
}

/// <summary>What stands on the page of a proxy while it is being typed.</summary>
public sealed class ProxyDetailsForm
{
    public string Name { get; set; } = "";

    public string Realm { get; set; } = "";

    public string Location { get; set; } = "";

    public string Contact { get; set; } = "";

    public static ProxyDetailsForm From(ProxyDetail proxy) => new() { Name = proxy.Name, Realm = proxy.Realm, Location = proxy.Location ?? "", Contact = proxy.Contact ?? "" };

    public bool IsLike(ProxyDetail proxy) => (Name, Realm, Location, Contact) == (proxy.Name, proxy.Realm, proxy.Location ?? "", proxy.Contact ?? "");

    public ProxyInput ToInput() => new() { Name = Name.Trim(), Realm = Realm, Location = Location, Contact = Contact };
}

/// <summary>A proxy with its first endpoint as it is being typed.</summary>
public sealed class ProxyForm
{
    public string Name { get; set; } = "";

    public string Realm { get; set; } = "";

    public EndpointForm Endpoint { get; } = new();

    public ProxyInput ToInput() => new() { Name = Name.Trim(), Realm = Realm };
}
