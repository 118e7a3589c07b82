using Microsoft.AspNetCore.WebUtilities;
using ProxyPortal.Core;

namespace ProxyPortal.Management;

/// <summary>The one shape of a refusal: problem+json (RFC 9457) with <c>code</c>, and <c>field</c> where an input is at fault.</summary>
internal static class ApiProblem
{
    public const string MediaType = "application/problem+json";

    /// <summary>A refusal of a service as an answer.</summary>
    public static IResult Of(Error error) => new Refusal(error);

    public static Task WriteAsync(HttpContext context, int status, Error error, string? incident = null)
    {
        context.Response.StatusCode = status;
        var body = new Dictionary<string, object>
        {
            ["type"] = "about:blank",
            ["title"] = ReasonPhrases.GetReasonPhrase(status),
            ["status"] = status,
            ["code"] = error.Code,
            ["detail"] = error.Message,
        };
        if (error.Field is not null)
            body["field"] = error.Field;
        if (incident is not null)
            body["incident"] = incident;
        return context.Response.WriteAsJsonAsync(body, ApiJson.Options, MediaType, context.RequestAborted);
    }

    private static int StatusOf(Error error, HttpRequest request) => error.Code switch
    {
        "forbidden" => StatusCodes.Status403Forbidden,
        "not_found" => StatusCodes.Status404NotFound,
        "version_conflict" => StatusCodes.Status412PreconditionFailed,
        // Who named the version it saw is told that it is no longer this one.
        "conflict" when request.Headers.IfMatch.Count > 0 => StatusCodes.Status412PreconditionFailed,
        "conflict" or "last_administrator" or "too_many_keys" or "too_many_profiles" or "device_limit" or "device_not_usable" or "not_requested" or "request_lapsed" or "already_announced" or "announcement_over" or "nobody_left" or "guide_shipped" or "idempotency_in_progress" => StatusCodes.Status409Conflict,
        "idempotency_key_reused" => StatusCodes.Status422UnprocessableEntity,
        _ => error.Code.EndsWith("_taken", StringComparison.Ordinal) || error.Code.EndsWith("in_use", StringComparison.Ordinal)
            ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest,
    };

    private sealed class Refusal(Error error) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, StatusOf(error, httpContext.Request), error);
    }
}
