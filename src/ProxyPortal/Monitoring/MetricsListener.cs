namespace ProxyPortal.Monitoring;

internal static class MetricsListener
{
    /// <summary>Sends the connections of the metrics listener to the metrics and nowhere else.</summary>
    public static IApplicationBuilder UseMetricsListener(this IApplicationBuilder app)
    {
        MetricsApi metrics = app.ApplicationServices.GetRequiredService<MetricsApi>();
        return app.Use(next => context => context.Features.Get<MetricsConnection>() is null ? next(context) : metrics.AnswerAnyoneAsync(context));
    }
}
