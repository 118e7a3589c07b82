using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Connections;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>A call of the portal's own beside the verification itself: POST, a small JSON body that is read strictly, and fields that mean the
/// same everywhere. Not for the hot path: it allocates.</summary>
internal abstract class JsonDialect<T>(string path, JsonTypeInfo<T> type) : IDialect
    where T : class
{
    public string Path => path;

    public VerifyFault? Refuse(HttpContext context) => RequestTarget.RefuseUnlessPost(context);

    public async Task AnswerAsync(HttpContext context, CallerModel caller)
    {
        try
        {
            (T? body, VerifyFault? fault) = await ReadAsync(context);
            if ((fault ?? Answer(context.Response, caller, body!)) is { } refused)
                VerifyAnswer.Write(context.Response, refused);
        }
        catch (BadHttpRequestException exception)
        {
            VerifyAnswer.Write(context.Response, VerifyApi.FaultOf(exception));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConnectionResetException)
        {
            context.Abort();
        }
    }

    /// <summary>Writes the answer, or says why there is none.</summary>
    protected abstract VerifyFault? Answer(HttpResponse response, CallerModel caller, T request);

    /// <summary>The endpoint of that name, the caller's only one when none is named; false when it has none of that name.</summary>
    protected static bool TryEndpoint(CallerModel caller, string? name, out EndpointModel? endpoint)
    {
        endpoint = string.IsNullOrEmpty(name) ? caller.DefaultEndpoint : caller.FindEndpoint(name);
        return endpoint is not null || string.IsNullOrEmpty(name);
    }

    protected static bool TryAddress(string? text, out IPAddress? address)
    {
        address = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!ClientAddress.TryParse(text, out IPAddress parsed))
            return false;
        address = parsed;
        return true;
    }

    protected static VerifyFault? TryLogin(string userId, Span<char> login, out int length)
    {
        LoginNameFault fault = LoginName.Fold(Encoding.UTF8.GetBytes(userId), login, out length);
        return fault switch
        {
            LoginNameFault.None => null,
            LoginNameFault.TooLong => VerifyFault.UserIdTooLong,
            _ => VerifyFault.UserIdInvalid,
        };
    }

    private async Task<(T? Body, VerifyFault? Fault)> ReadAsync(HttpContext context)
    {
        if (VerifyApi.CheckHeaders(context.Request) is { } fault)
            return (null, fault);
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

    // The path may hold what was sent, and what was sent is never echoed.
    private static bool IsHarmless(char c) => char.IsAsciiLetterOrDigit(c) || c is '$' or '.' or '[' or ']';
}
