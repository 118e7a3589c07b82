using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Management;

/// <summary>Everything below <see cref="ManagementApi.Prefix"/> is answered for programs: no page, no redirect, no empty refusal and no stack.</summary>
internal static partial class ApiGate
{
    // Whatever stands in an address ends up in logs and histories.
    private static readonly string[] SecretFields = ["access_token", "token", "api_token", "apiToken", "api_key", "apiKey", "key"];

    public static IApplicationBuilder UseApiGate(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!ManagementApi.IsMeant(context))
        {
            await next(context);
            return;
        }
        try
        {
            await AnswerAsync(context, next);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            (int status, Error error) = ApiFault.Of(bad);
            await ApiProblem.WriteAsync(context, status, error);
        }
        catch (Exception exception) when (!context.Response.HasStarted && DatabaseBusyException.IsCauseOf(exception))
        {
            context.Response.Clear();
            context.Response.Headers.RetryAfter = "1";
            await ApiProblem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, new Error("busy", new DatabaseBusyException().Message));
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            string incident = IncidentId.New();
            LogFailed(app.Logger, exception, incident, context.GetEndpoint()?.DisplayName);
            context.Response.Clear();
            await ApiProblem.WriteAsync(context, StatusCodes.Status500InternalServerError,
                new Error("internal", $"Something went wrong in the portal; its log tells what, under incident {incident}."), incident);
        }
    });

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        Endpoint? endpoint = context.GetEndpoint();
        if (context.Request.Query.Keys.FirstOrDefault(key => SecretFields.Contains(key, StringComparer.Ordinal)) is { } field)
            await ApiProblem.WriteAsync(context, StatusCodes.Status400BadRequest, new Error("secret_in_url", "A token belongs into the Authorization header. Revoke this one: addresses stand in logs.", field));
        else if (endpoint is not null && endpoint.Metadata.GetMetadata<ApiOperation>() is null)
            // The router's own: a wrong method or media type, said before it is asked who is calling.
            await RefuseAsync(context, endpoint);
        else if (!IsUtf8(context.Request))
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        else
            await next(context);
        if (context.Response is { HasStarted: false, ContentType: null, ContentLength: null or 0 } && ApiFault.Of(context.Response.StatusCode) is { } fault)
            await ApiProblem.WriteAsync(context, context.Response.StatusCode, fault);
    }

    // Files of the portal match any address too, so the methods of operations are what counts.
    private static async Task RefuseAsync(HttpContext context, Endpoint refusal)
    {
        string[] methods =
        [
            .. context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null && IsAt(endpoint, context.Request.Path))
                .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Distinct().Order(StringComparer.Ordinal),
        ];
        if (methods.Length == 0)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (refusal.RequestDelegate is { } say)
            await say(context);
        if (context.Response.StatusCode is StatusCodes.Status405MethodNotAllowed)
            context.Response.Headers.Allow = string.Join(", ", methods);
    }

    private static bool IsAt(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);

    private static bool IsUtf8(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) || !type.Charset.HasValue
        || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(6100, LogLevel.Error, "An API operation failed (incident {Incident}, operation {Operation})")]
    private static partial void LogFailed(ILogger logger, Exception exception, string incident, string? operation);
}
