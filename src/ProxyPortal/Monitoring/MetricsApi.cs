using Microsoft.AspNetCore.Http.Features;
using ProxyPortal.Verification;

namespace ProxyPortal.Monitoring;

/// <summary><c>GET /metrics</c>: Prometheus text. On a listener of its own for whoever reaches it; on the verify listener for a caller key or an API token.</summary>
internal sealed class MetricsApi
{
    public const string Path = "/metrics";
    private const string Scheme = "Bearer ";
    private readonly DirectoryIndex _index;
    private readonly MetricsTokens _tokens;
    private readonly Lazy<RequestDelegate> _exporter;

    /// <param name="metrics">Not used here, but nothing is told without it.</param>
    /// <param name="index">Knows the callers.</param>
    /// <param name="tokens">Knows the API tokens.</param>
    /// <param name="services">Where the exporter finds what it tells.</param>
    public MetricsApi(VerificationMetrics metrics, DirectoryIndex index, MetricsTokens tokens, IServiceProvider services)
    {
        _ = metrics;
        (_index, _tokens) = (index, tokens);
        _exporter = new(() => new ApplicationBuilder(services).UseOpenTelemetryPrometheusScrapingEndpoint().Build());
    }

    /// <summary>Whether a request on the verify listener is for this.</summary>
    public static bool IsMeant(HttpContext context) => context.Features.Get<IHttpRequestFeature>()!.RawTarget == Path;

    /// <summary>Answers on a listener of its own, where nothing else exists.</summary>
    public Task AnswerAnyoneAsync(HttpContext context)
    {
        if (IsMeant(context))
            return AnswerAsync(context);
        VerifyAnswer.Write(context.Response, VerifyFault.NotFound);
        return Task.CompletedTask;
    }

    /// <summary>Answers on the verify listener.</summary>
    public async Task AnswerKnownAsync(HttpContext context)
    {
        if (await IsKnownAsync(context))
            await AnswerAsync(context);
        else
            VerifyAnswer.Write(context.Response, VerifyFault.CallerUnknown);
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
            return _exporter.Value(context);
        VerifyAnswer.Write(context.Response, VerifyFault.NotFound);
        return Task.CompletedTask;
    }

    private async Task<bool> IsKnownAsync(HttpContext context)
    {
        Microsoft.Extensions.Primitives.StringValues authorization = context.Request.Headers.Authorization;
        if (authorization.Count != 1 || authorization[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        string presented = value[Scheme.Length..].Trim(' ');
        return _index.Callers.Find(presented) is not null || (presented.Length is >= 32 and <= 256 && await _tokens.MayReadAsync(presented, context.RequestAborted));
    }
}
