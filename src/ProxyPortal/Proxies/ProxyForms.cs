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

    public bool SendsCredentialsInClear => Transport is not ProxyTransport.Https && Schemes.HasFlag(AuthSchemes.Basic);

    public static EndpointForm From(EndpointDetail endpoint) => new()
    {
        Name = endpoint.Name,
        Host = endpoint.Host,
        Port = endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Transport = endpoint.Transport,
        Schemes = endpoint.Schemes,
    };

    public EndpointInput ToInput() => new() { Name = Name.Trim(), Host = Host, Port = Port.Trim(), Transport = Transport, Schemes = Schemes };
}

/// <summary>A proxy with its first endpoint as it is being typed.</summary>
public sealed class ProxyForm
{
    public string Name { get; set; } = "";

    public string Realm { get; set; } = "";

    public EndpointForm Endpoint { get; } = new();
}
