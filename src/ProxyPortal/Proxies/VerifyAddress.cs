using System.Globalization;
using System.Net;
using ProxyPortal.Settings;

namespace ProxyPortal.Proxies;

/// <summary>Where proxies reach the verify listener, read from the listener's own configuration.</summary>
/// <param name="configuration">Holds <c>Kestrel:Endpoints:Verify:Url</c>.</param>
/// <param name="settings">Names the host where the listener itself names none.</param>
/// <param name="boundPort">The port really bound, for a listener on port 0.</param>
public sealed class VerifyAddress(IConfiguration configuration, SettingsService settings, Func<int?> boundPort)
{
    public const string Key = "Kestrel:Endpoints:Verify:Url";
    public const string DefaultUrl = "http://127.0.0.1:5081";

    private BindingAddress Bound => BindingAddress.Parse(configuration[Key] is { Length: > 0 } url ? url : DefaultUrl);

    /// <summary>What the helper takes as <c>--url</c>.</summary>
    public string Url
    {
        get
        {
            BindingAddress bound = Bound;
            if (bound.IsUnixPipe)
                return $"unix:{bound.UnixPipePath}";
            string host = IsEveryAddress(bound.Host) ? new Uri(settings.Current.PublicUrl).Host : bound.Host;
            int port = bound.Port == 0 ? boundPort() ?? 0 : bound.Port;
            return string.Create(CultureInfo.InvariantCulture, $"{bound.Scheme}://{host}:{port}");
        }
    }

    /// <summary>Loopback or a Unix socket: only programs on the portal's own machine get there.</summary>
    public bool IsSameMachineOnly => Bound is var bound && (bound.IsUnixPipe || IsLoopback(bound.Host));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool IsEveryAddress(string host) => host is "*" or "+" or "0.0.0.0" or "[::]";
}
