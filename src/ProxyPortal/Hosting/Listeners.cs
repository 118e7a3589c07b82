using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ProxyPortal.Monitoring;
using ProxyPortal.Verification;

namespace ProxyPortal.Hosting;

/// <summary>The doors of the process: the portal for browsers and the API, verify for proxies, and metrics where it was given one of its own.</summary>
internal sealed class Listeners
{
    private const int LargestBody = 64 * 1024;
    private ListenOptions? _portal;
    private ListenOptions? _verify;
    private ListenOptions? _metrics;

    /// <summary>Where the portal really listens, known after start; null for a Unix socket.</summary>
    public IPEndPoint? Portal => _portal?.IPEndPoint;

    public IPEndPoint? Verify => _verify?.IPEndPoint;

    /// <summary>Null where there is none.</summary>
    public IPEndPoint? Metrics => _metrics?.IPEndPoint;

    public string Describe(string name) => (name == "Verify" ? _verify : _portal)?.ToString() ?? "";

    public void Configure(KestrelServerOptions kestrel, IConfiguration configuration)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 1_000;
        kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(20);
        kestrel.Configure(configuration.GetSection("Kestrel"))
            .Endpoint("Portal", endpoint => _portal = endpoint.ListenOptions)
            .Endpoint("Verify", endpoint => VerifyListener.Stamp(_verify = endpoint.ListenOptions))
            .Endpoint("Metrics", endpoint => MetricsConnection.Stamp(_metrics = endpoint.ListenOptions));
    }
}
