using System.Buffers;
using System.Text.Json;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>Says an outcome in the portal's own JSON.</summary>
internal static class VerifyAnswer
{
    private const int UsualAnswer = 1024;
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <summary>Writes the 200 of an accepted or rejected verification, or the 503 of one that could not be decided.</summary>
    public static void Write(HttpResponse response, in VerificationOutcome outcome)
    {
        if (outcome.Decision.IsTemporary)
        {
            Write(response, VerifyFault.Overloaded);
            return;
        }
        Utf8JsonWriter json = Begin();
        Write(json, outcome);
        End(response, json);
    }

    /// <summary>Begins the JSON of a 200. One at a time on a thread; ended before anything else happens there.</summary>
    public static Utf8JsonWriter Begin()
    {
        ArrayBufferWriter<byte> buffer = t_buffer ??= new ArrayBufferWriter<byte>(UsualAnswer);
        buffer.ResetWrittenCount();
        Utf8JsonWriter json = t_writer ??= new Utf8JsonWriter(buffer, Unchecked);
        json.Reset(buffer);
        return json;
    }

    /// <summary>Writes one outcome that is decided.</summary>
    public static void Write(Utf8JsonWriter json, in VerificationOutcome outcome)
    {
        json.WriteStartObject();
        if (outcome.Decision.Accepted)
            WriteAccepted(json, outcome);
        else
            WriteRejected(json, outcome);
        WriteId(json, outcome.Id);
        json.WriteEndObject();
    }

    /// <summary>Sends what was written since <see cref="Begin"/>.</summary>
    public static void End(HttpResponse response, Utf8JsonWriter json)
    {
        json.Flush();
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json";
        Send(response, t_buffer!);
    }

    /// <summary>Writes problem+json (RFC 9457) for a request that cannot be answered.</summary>
    public static void Write(HttpResponse response, VerifyFault fault)
    {
        response.StatusCode = fault.Status;
        response.ContentType = "application/problem+json";
        if (fault.Status is StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = "1";
        if (fault.Status is StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        if (fault.Status is StatusCodes.Status405MethodNotAllowed)
            response.Headers.Allow = "POST";
        if (fault.Status is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout)
            response.Headers.Connection = "close";
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Unchecked))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "about:blank"u8);
            json.WriteNumber("status"u8, fault.Status);
            json.WriteString("code"u8, fault.Code);
            json.WriteString("detail"u8, fault.Detail);
            if (fault.Incident is { } incident)
                json.WriteString("incident"u8, incident);
            json.WriteEndObject();
        }
        Send(response, buffer);
    }

    private static void WriteAccepted(Utf8JsonWriter json, in VerificationOutcome outcome)
    {
        json.WriteString("result"u8, "accepted"u8);
        json.WriteString("user"u8, outcome.User!.UserId);
        if (outcome.Device is { } device)
            json.WriteString("device"u8, device.Name);
        else
            json.WriteNull("device"u8);
        json.WriteStartArray("groups"u8);
        foreach (string group in outcome.User.Access.Now.Groups)
            json.WriteStringValue(group);
        json.WriteEndArray();
        json.WriteNumber("validFor"u8, outcome.ValidForSeconds);
        if (outcome.EndsInSeconds is { } endsIn)
            json.WriteNumber("endsIn"u8, endsIn);
    }

    private static void WriteRejected(Utf8JsonWriter json, in VerificationOutcome outcome)
    {
        json.WriteString("result"u8, "rejected"u8);
        json.WriteString("code"u8, outcome.Decision.PublicCode);
        json.WriteString("message"u8, outcome.Decision.PublicReason.Message());
        json.WriteNull("retryAfter"u8);
    }

    private static void WriteId(Utf8JsonWriter json, VerificationId id)
    {
        Span<byte> text = stackalloc byte[VerificationId.Length];
        id.Write(text);
        json.WriteString("id"u8, text);
    }

    // Not flushed here: Kestrel sends headers and body together when the request ends.
    private static void Send(HttpResponse response, ArrayBufferWriter<byte> buffer)
    {
        response.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);
    }
}
