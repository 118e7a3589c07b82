using System.Globalization;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Publishing.Guides;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing.Guides;

/// <summary>The values that guides can name, as one reader may know them. No secret is among them: what is not here cannot be shown.</summary>
public sealed class GuideValues
{
    private const string EndpointPrefix = "endpoint.";
    private const string None = "–";
    private readonly Dictionary<string, string> _values;
    private readonly Func<string, string> _otherwise;

    private GuideValues(EffectiveSettings settings, IEnumerable<ConnectEndpoint> endpoints, Func<string, string> otherwise)
    {
        IReadOnlyList<ConnectEndpoint> all = [.. endpoints];
        Endpoints = [.. all.Select(endpoint => endpoint.Name)];
        (_values, _otherwise) = (Gather(settings, all), otherwise);
    }

    /// <summary>What can be said of an endpoint.</summary>
    public static IReadOnlyList<string> EndpointFields { get; } = ["host", "port", "address", "transport", "schemes", "realm", "tls-name", "tls-fingerprint", "contact", "location"];

    /// <summary>Names and values that are there whatever proxies there are.</summary>
    public IEnumerable<KeyValuePair<string, string>> Common => _values.Where(value => !value.Key.StartsWith(EndpointPrefix, StringComparison.Ordinal));

    /// <summary>The endpoints that can be named.</summary>
    public IReadOnlyList<string> Endpoints { get; }

    /// <param name="settings">Name and address of the portal.</param>
    /// <param name="endpoints">Those that the reader may know of.</param>
    /// <param name="notForReader">What stands in the place of everything else, a value of another group or one that is gone: the two must look the same.</param>
    public static GuideValues ForReader(EffectiveSettings settings, IEnumerable<ConnectEndpoint> endpoints, string notForReader) => new(settings, endpoints, _ => notForReader);

    /// <summary>For whoever writes: what is unknown stays as it was written.</summary>
    public static GuideValues ForWriter(EffectiveSettings settings, IEnumerable<ConnectEndpoint> endpoints) => new(settings, endpoints, name => $"{{{{{name}}}}}");

    /// <summary>Names and values of one of them.</summary>
    public IEnumerable<KeyValuePair<string, string>> OfEndpoint(string endpoint) =>
        EndpointFields.Select(field => $"{EndpointPrefix}{endpoint}.{field}").Where(Knows).Select(name => KeyValuePair.Create(name, _values[name]));

    public bool Knows(string name) => _values.ContainsKey(name);

    public string Of(string name) => _values.TryGetValue(name, out string? value) ? value : _otherwise(name);

    /// <summary>The placeholders of a text that stand for nothing.</summary>
    public IReadOnlyList<GuidePlaceholder> UnknownIn(string text) => [.. GuidePlaceholders.Find(text).Where(placeholder => !Knows(placeholder.Name))];

    private static Dictionary<string, string> Gather(EffectiveSettings settings, IReadOnlyList<ConnectEndpoint> endpoints)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["organisation"] = GuideSyntax.WellFormed(settings.OrganisationName),
            ["portal"] = settings.PublicUrl,
            ["connect"] = settings.PublicUrl + PortalUrls.Connect,
            ["help-407"] = settings.PublicUrl + PortalUrls.Help407(),
            ["check"] = settings.PublicUrl + PortalUrls.PasteCheck,
            ["proxy-pac"] = settings.PublicUrl + PortalUrls.ProxyPac,
            ["wpad"] = settings.PublicUrl + PortalUrls.WpadDat,
        };
        foreach (ConnectEndpoint endpoint in endpoints)
        {
            foreach (string field in EndpointFields)
                values[$"{EndpointPrefix}{endpoint.Name}.{field}"] = ValueOf(endpoint, field) is { Length: > 0 } value ? GuideSyntax.WellFormed(value) : None;
        }
        return values;
    }

    private static string? ValueOf(ConnectEndpoint endpoint, string field) => field switch
    {
        "host" => endpoint.Address.Host,
        "port" => endpoint.Address.Port.ToString(CultureInfo.InvariantCulture),
        "address" => endpoint.Address.ToString(),
        "transport" => endpoint.Address.Transport switch
        {
            ProxyTransport.Http => "HTTP",
            ProxyTransport.Https => "HTTPS",
            ProxyTransport.Socks5 => "SOCKS5",
        },
        "schemes" => string.Join(", ", endpoint.Schemes),
        "realm" => endpoint.Realm,
        "tls-name" => endpoint.TlsName,
        "tls-fingerprint" => endpoint.TlsFingerprint,
        "contact" => endpoint.Contact,
        "location" => endpoint.Location,
        _ => null,
    };
}
