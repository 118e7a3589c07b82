using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ProxyPortal.Monitoring;

internal static class Telemetry
{
    /// <summary>The variable that OpenTelemetry's own exporter reads, with its companions.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Prometheus text for whoever scrapes, and OTLP where its endpoint is configured.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("proxyportal")).WithMetrics(metrics =>
        {
            // Nothing of ASP.NET's: it would count every request a second time, on the way of every request.
            metrics.AddMeter(VerificationMetrics.MeterName, "System.Runtime").AddPrometheusExporter();
            if (!string.IsNullOrEmpty(configuration[OtlpEndpoint]))
                metrics.AddOtlpExporter();
        });
        return services.AddSingleton<MetricsTokens>().AddSingleton<MetricsApi>();
    }
}
