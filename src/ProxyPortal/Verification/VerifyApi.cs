using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>The portal's own dialect: POST /api/v1/verify, JSON in and out.</summary>
internal sealed class VerifyApi(Verifier verifier, TimeProvider time) : IDialect
{
    public const string Target = "/api/v1/verify";

    public string Path => Target;

    public VerifyFault? Refuse(HttpContext context) => RequestTarget.RefuseUnlessPost(context);

    public Task AnswerAsync(HttpContext context, CallerModel caller)
    {
        if (CheckHeaders(context.Request) is not { } fault)
            return AnswerBodyAsync(context, caller);
        VerifyAnswer.Write(context.Response, fault);
        return Task.CompletedTask;
    }

    internal static VerifyFault? CheckHeaders(HttpRequest request)
    {
        if (!IsJson(request.ContentType))
            return VerifyFault.ContentType;
        return request.ContentLength > VerifyRequestReader.MaxBody ? VerifyFault.BodyTooLarge : null;
    }

    private static bool IsJson(string? contentType) => contentType is not null &&
        (contentType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("application/json;", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("application/json ", StringComparison.OrdinalIgnoreCase));

    // Usually the whole body came with the headers: then nothing here waits, and no state machine is made.
    private Task AnswerBodyAsync(HttpContext context, CallerModel caller)
    {
        PipeReader body = context.Request.BodyReader;
        try
        {
            return body.TryRead(out ReadResult read) && TryAnswer(context, caller, body, read, out Task answer) ? answer : AnswerLateBodyAsync(context, caller, body);
        }
        catch (BadHttpRequestException exception)
        {
            VerifyAnswer.Write(context.Response, FaultOf(exception));
            return Task.CompletedTask;
        }
    }

    private async Task AnswerLateBodyAsync(HttpContext context, CallerModel caller, PipeReader body)
    {
        try
        {
            Task answer;
            while (!TryAnswer(context, caller, body, await body.ReadAsync(context.RequestAborted), out answer))
            {
            }
            await answer;
        }
        catch (BadHttpRequestException exception)
        {
            VerifyAnswer.Write(context.Response, FaultOf(exception));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConnectionResetException)
        {
            context.Abort();
        }
    }

    /// <returns>False when more of the body has to come.</returns>
    private bool TryAnswer(HttpContext context, CallerModel caller, PipeReader body, in ReadResult read, out Task answer)
    {
        answer = Task.CompletedTask;
        if (!read.IsCompleted && read.Buffer.Length <= VerifyRequestReader.MaxBody)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            return false;
        }
        try
        {
            if (read.Buffer.Length > VerifyRequestReader.MaxBody)
                VerifyAnswer.Write(context.Response, VerifyFault.BodyTooLarge);
            else
                answer = AnswerAsync(context.Response, caller, read.Buffer);
        }
        finally
        {
            // Also after a refusal: Kestrel takes a read that was not ended for a fault of ours, and resets the connection.
            body.AdvanceTo(read.Buffer.End);
        }
        return true;
    }

    // Framing that Kestrel refuses (bad chunks, too slow, too large) shows while reading.
    internal static VerifyFault FaultOf(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => VerifyFault.BodyTooLarge,
        StatusCodes.Status408RequestTimeout => VerifyFault.BodyTooSlow,
        _ => VerifyFault.JsonInvalid(null),
    };

    private Task AnswerAsync(HttpResponse response, CallerModel caller, in ReadOnlySequence<byte> body)
    {
        // Only a value with an escape needs a place to be unescaped to.
        if (body.IsSingleSegment && !body.FirstSpan.Contains((byte)'\\'))
            return AnswerAsync(response, caller, body.FirstSpan, []);
        int length = (int)body.Length;
        byte[] scratch = ArrayPool<byte>.Shared.Rent(length * 2);
        body.CopyTo(scratch);
        try
        {
            return AnswerAsync(response, caller, scratch.AsSpan(0, length), scratch.AsSpan(length, length));
        }
        finally
        {
            // It held a password.
            CryptographicOperations.ZeroMemory(scratch.AsSpan(0, length * 2));
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private Task AnswerAsync(HttpResponse response, CallerModel caller, ReadOnlySpan<byte> body, Span<byte> scratch)
    {
        if (Ask(caller, body, scratch, out ValueTask<VerificationOutcome> pending) is { } fault)
            VerifyAnswer.Write(response, fault);
        else if (pending.IsCompletedSuccessfully)
            VerifyAnswer.Write(response, pending.Result);
        else
            return WriteWhenKnownAsync(response, pending);
        return Task.CompletedTask;
    }

    private static async Task WriteWhenKnownAsync(HttpResponse response, ValueTask<VerificationOutcome> pending) =>
        VerifyAnswer.Write(response, await pending);

    private VerifyFault? Ask(CallerModel caller, ReadOnlySpan<byte> body, Span<byte> scratch, out ValueTask<VerificationOutcome> pending)
    {
        pending = default;
        if (VerifyRequestReader.Read(body, scratch, out VerifyFields fields) is { } fault)
            return fault;
        if (!TryEndpoint(caller, fields.Endpoint, out EndpointModel? endpoint))
            return VerifyFault.EndpointOutOfScope;
        if (!TryAddress(fields.ClientAddress, out IPAddress? address))
            return VerifyFault.ClientAddressInvalid;
        Question question = caller.Asks(time.GetUtcNow().UtcTicks, fields.Scheme, endpoint, address);
        if (fields.Scheme is AuthSchemes.Basic)
            return TypedLogin.Ask(verifier, question, fields.UserId, fields.Password, out pending);
        pending = new(verifier.Unsupported(question));
        return null;
    }

    private static bool TryEndpoint(CallerModel caller, ReadOnlySpan<byte> name, out EndpointModel? endpoint)
    {
        endpoint = caller.DefaultEndpoint;
        if (name.IsEmpty)
            return true;
        Span<char> text = stackalloc char[256];
        endpoint = name.Length <= text.Length ? caller.FindEndpoint(text[..Encoding.UTF8.GetChars(name, text)]) : null;
        return endpoint is not null;
    }

    private static bool TryAddress(ReadOnlySpan<byte> name, out IPAddress? address)
    {
        address = null;
        if (name.IsEmpty)
            return true;
        Span<char> text = stackalloc char[64];
        if (name.Length > text.Length || !ClientAddress.TryParse(text[..Encoding.UTF8.GetChars(name, text)], out IPAddress parsed))
            return false;
        address = parsed;
        return true;
    }
}
