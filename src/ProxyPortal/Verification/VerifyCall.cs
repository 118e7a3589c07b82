using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>One more call on the verify listener beside the verification itself. The caller is admitted before it is asked.</summary>
internal interface IVerifyCall
{
    string Path { get; }

    Task AnswerAsync(HttpContext context, CallerModel caller);
}

/// <summary>What such calls have in common: a small JSON body, read strictly, and fields that mean the same everywhere.</summary>
internal static class VerifyCallBody
{
    /// <summary>The body, or the fault to answer.</summary>
    public static async Task<(T? Body, VerifyFault? Fault)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        PipeReader reader = context.Request.BodyReader;
        ReadResult read;
        while (!(read = await reader.ReadAsync(context.RequestAborted)).IsCompleted && read.Buffer.Length <= VerifyRequestReader.MaxBody)
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        try
        {
            if (read.Buffer.Length > VerifyRequestReader.MaxBody)
                return (null, VerifyFault.BodyTooLarge);
            if (read.Buffer.IsEmpty)
                return (null, VerifyFault.BodyMissing);
            var json = new Utf8JsonReader(read.Buffer);
            T? body = JsonSerializer.Deserialize(ref json, type);
            return body is null || json.Read() ? (null, VerifyFault.JsonInvalid(null)) : (body, null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (null, VerifyFault.JsonInvalid((exception as JsonException)?.Path is { Length: > 1 } path && path.All(IsHarmless) ? path : null));
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    /// <summary>The endpoint of that name, the caller's only one when none is named; false when it has none of that name.</summary>
    public static bool TryEndpoint(CallerModel caller, string? name, out EndpointModel? endpoint)
    {
        endpoint = string.IsNullOrEmpty(name) ? caller.DefaultEndpoint : caller.FindEndpoint(name);
        return endpoint is not null || string.IsNullOrEmpty(name);
    }

    public static bool TryAddress(string? text, out IPAddress? address)
    {
        address = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!ClientAddress.TryParse(text, out IPAddress parsed))
            return false;
        address = parsed;
        return true;
    }

    public static VerifyFault? TryLogin(string userId, Span<char> login, out int length)
    {
        LoginNameFault fault = LoginName.Fold(Encoding.UTF8.GetBytes(userId), login, out length);
        return fault switch
        {
            LoginNameFault.None => null,
            LoginNameFault.TooLong => VerifyFault.UserIdTooLong,
            _ => VerifyFault.UserIdInvalid,
        };
    }

    // The path may hold what was sent, and what was sent is never echoed.
    private static bool IsHarmless(char c) => char.IsAsciiLetterOrDigit(c) || c is '$' or '.' or '[' or ']';
}
