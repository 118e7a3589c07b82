using System.Text.Json;
using ProxyPortal.Core;

namespace ProxyPortal.Management;

/// <summary>What the framework refuses, in our words: its own name types of ours, and may quote what was sent.</summary>
internal static class ApiFault
{
    /// <summary>A bare status, as the router and the guards before it leave it; null for one that needs no words.</summary>
    public static Error? Of(int status) => status switch
    {
        // Of the guard of host names, the only one that answers so.
        StatusCodes.Status400BadRequest => new("host_unknown", "The portal does not answer under the name in Host. Use its public URL."),
        StatusCodes.Status404NotFound => new("not_found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new("method_not_allowed", "This address does not know that method; Allow says which it knows."),
        StatusCodes.Status413PayloadTooLarge => new("body_too_large", "The body is too large."),
        StatusCodes.Status415UnsupportedMediaType => new("media_type_unsupported", "Send the body as application/json, in UTF-8."),
        _ => null,
    };

    /// <summary>Why the request could not be read.</summary>
    public static (int Status, Error Error) Of(BadHttpRequestException bad) =>
        bad.InnerException is JsonException json ? (StatusCodes.Status400BadRequest, Of(json))
        : bad.StatusCode != StatusCodes.Status400BadRequest && Of(bad.StatusCode) is { } plain ? (bad.StatusCode, plain)
        : (StatusCodes.Status400BadRequest, new Error("request_invalid", "The body, or a part of the address, is missing or has the wrong form."));

    private static Error Of(JsonException json)
    {
        string? field = FieldOf(json);
        for (Exception? cause = json; cause is not null; cause = cause.InnerException)
        {
            if (cause is ApiTimeException)
                return ApiTime.Invalid(field ?? "body");
        }
        return field is null
            ? new("body_invalid", $"The body is not one JSON object, or lacks a required member, or is nested more than {ApiJson.Depth} deep.")
            : new("body_invalid", $"{field} is unknown here, is named twice or has the wrong type.", field);
    }

    // Of a member that may be left out, its own converter knows only the way from there on.
    private static string? FieldOf(JsonException json)
    {
        string path = json.Path + (json.InnerException as JsonException)?.Path?.TrimStart('$');
        return path.StartsWith("$.", StringComparison.Ordinal) && path.Length is > 2 and <= 200 && !path.Any(char.IsControl) ? path[2..] : null;
    }
}
