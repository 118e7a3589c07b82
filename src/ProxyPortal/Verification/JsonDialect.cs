using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>A call beside the verification itself: its body is read strictly into an object, and fields mean the same everywhere. Not for the hot
/// path: it allocates.</summary>
internal abstract class JsonDialect<T>(string path, JsonTypeInfo<T> type) : BodyDialect(path)
    where T : class
{
    protected override Task AnswerAsync(HttpResponse response, CallerModel caller, ReadOnlySpan<byte> body, Span<byte> scratch)
    {
        if ((Read(body, type, out T? request) ?? Answer(response, caller, request!)) is { } refused)
            VerifyAnswer.Write(response, refused);
        return Task.CompletedTask;
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

    private static VerifyFault? Read(ReadOnlySpan<byte> text, JsonTypeInfo<T> type, out T? body)
    {
        body = null;
        if (text.IsEmpty)
            return VerifyFault.BodyMissing;
        try
        {
            var json = new Utf8JsonReader(text);
            body = JsonSerializer.Deserialize(ref json, type);
            return body is null || json.Read() ? VerifyFault.JsonInvalid(null) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return VerifyFault.JsonInvalid((exception as JsonException)?.Path is { Length: > 1 } path && path.All(IsHarmless) ? path : null);
        }
    }

    // The path may hold what was sent, and what was sent is never echoed.
    private static bool IsHarmless(char c) => char.IsAsciiLetterOrDigit(c) || c is '$' or '.' or '[' or ']';
}
