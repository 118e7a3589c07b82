using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>The verify listener: POST /api/v1/verify, and nothing that answers 2xx to an anonymous caller.</summary>
internal sealed partial class VerifyApi(
    Verifier verifier, DirectoryIndex index, DirectoryFollower directory, VerificationActivity activity, IEnumerable<IVerifyCall> calls, TimeProvider time, ILogger<VerifyApi> log)
{
    private readonly IVerifyCall[] _calls = [.. calls];

    public const string Path = "/api/v1/verify";

    /// <summary>Answers any request of the listener. Faults of the request come before the caller's key, because a key in the URL is one.</summary>
    public Task HandleAsync(HttpContext context, VerifyConnection connection)
    {
        try
        {
            Task answer = AnswerRequestAsync(context, connection);
            return answer.IsCompletedSuccessfully ? answer : GuardAsync(context, answer);
        }
        catch (Exception exception)
        {
            Fail(context, exception);
            return Task.CompletedTask;
        }
    }

    private async Task GuardAsync(HttpContext context, Task answer)
    {
        try
        {
            await answer;
        }
        catch (Exception exception)
        {
            Fail(context, exception);
        }
    }

    // A proxy takes 500 for an answer; 503 makes it ask again, or ask another portal. What broke stands in the log alone.
    private void Fail(HttpContext context, Exception exception)
    {
        string incident = VerificationId.Create(TimeProvider.System.GetUtcNow().UtcTicks).ToString();
        LogFailed(exception, incident);
        if (context.Response.HasStarted)
            context.Abort();
        else
            VerifyAnswer.Write(context.Response, VerifyFault.Internal(incident));
    }

    [LoggerMessage(2004, LogLevel.Error, "A verification broke; the caller was told to ask again. Incident {Incident}.")]
    private partial void LogFailed(Exception exception, string incident);

    private Task AnswerRequestAsync(HttpContext context, VerifyConnection connection)
    {
        IVerifyCall? call = FindCall(context);
        if (Admit(context, connection, call?.Path ?? Path, out CallerModel? caller) is not { } fault)
            return call is null ? AnswerBodyAsync(context, caller!) : AnswerCallAsync(call, context, caller!);
        VerifyAnswer.Write(context.Response, fault);
        return Task.CompletedTask;
    }

    private IVerifyCall? FindCall(HttpContext context)
    {
        foreach (IVerifyCall call in _calls)
        {
            if (context.Request.Path.Value == call.Path)
                return call;
        }
        return null;
    }

    private static async Task AnswerCallAsync(IVerifyCall call, HttpContext context, CallerModel caller)
    {
        try
        {
            await call.AnswerAsync(context, caller);
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

    private VerifyFault? Admit(HttpContext context, VerifyConnection connection, string path, out CallerModel? caller)
    {
        caller = null;
        if (RequestTarget.Check(context, path) is { } badTarget)
            return badTarget;
        if (!directory.IsReady)
            return VerifyFault.NotReady;
        Microsoft.Extensions.Primitives.StringValues authorization = context.Request.Headers.Authorization;
        CallerKeyModel? key = authorization.Count == 1 ? connection.Authenticate(authorization[0], index.Callers) : null;
        if (key is null)
            return VerifyFault.CallerUnknown;
        if (CheckHeaders(context.Request) is { } badHeaders)
            return badHeaders;
        activity.RecordKey(key.KeyId);
        caller = key.Caller;
        return null;
    }

    private static VerifyFault? CheckHeaders(HttpRequest request)
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
    private static VerifyFault FaultOf(BadHttpRequestException exception) => exception.StatusCode switch
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
        var question = new Question(caller, new VerificationRequest(time.GetUtcNow().UtcTicks, fields.Scheme, endpoint, address, endpoint is null ? caller.SchemesOfAll : default));
        if (fields.Scheme is not AuthSchemes.Basic)
        {
            pending = new(verifier.Unsupported(question));
            return null;
        }
        Span<char> login = stackalloc char[LoginName.MaxBytes];
        LoginNameFault nameFault = LoginName.Fold(fields.UserId, login, out int loginLength);
        if (nameFault is not LoginNameFault.None)
            return nameFault is LoginNameFault.TooLong ? VerifyFault.UserIdTooLong : VerifyFault.UserIdInvalid;
        Span<byte> secret = stackalloc byte[PasswordText.MaxBytes];
        PasswordTextFault secretFault = PasswordText.Prepare(fields.Password, secret, out int secretLength);
        if (secretFault is not PasswordTextFault.None)
            return secretFault is PasswordTextFault.TooLong ? VerifyFault.PasswordTooLong : VerifyFault.PasswordInvalid;
        pending = verifier.VerifyAsync(question, login[..loginLength], secret[..secretLength]);
        CryptographicOperations.ZeroMemory(secret[..secretLength]);
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
