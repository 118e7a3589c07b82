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
internal sealed class VerifyApi(Verifier verifier, DirectoryIndex index, DirectoryFollower directory, VerificationActivity activity, TimeProvider time)
{
    public const string Path = "/api/v1/verify";

    /// <summary>Answers any request of the listener. Faults of the request come before the caller's key, because a key in the URL is one.</summary>
    public async Task HandleAsync(HttpContext context, VerifyConnection connection)
    {
        if (RequestTarget.Check(context, Path) is { } badTarget)
        {
            VerifyAnswer.Write(context.Response, badTarget);
            return;
        }
        if (!directory.IsReady)
        {
            VerifyAnswer.Write(context.Response, VerifyFault.NotReady);
            return;
        }
        Microsoft.Extensions.Primitives.StringValues authorization = context.Request.Headers.Authorization;
        CallerKeyModel? caller = authorization.Count == 1 ? connection.Authenticate(authorization[0], index.Callers) : null;
        if (caller is null)
        {
            VerifyAnswer.Write(context.Response, VerifyFault.CallerUnknown);
            return;
        }
        if (CheckHeaders(context.Request) is { } badHeaders)
        {
            VerifyAnswer.Write(context.Response, badHeaders);
            return;
        }
        activity.RecordKey(caller.KeyId);
        await AnswerBodyAsync(context, caller.Caller);
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

    private async Task AnswerBodyAsync(HttpContext context, CallerModel caller)
    {
        PipeReader body = context.Request.BodyReader;
        try
        {
            while (true)
            {
                ReadResult read = await body.ReadAsync(context.RequestAborted);
                if (read.Buffer.Length > VerifyRequestReader.MaxBody)
                {
                    VerifyAnswer.Write(context.Response, VerifyFault.BodyTooLarge);
                    return;
                }
                if (read.IsCompleted)
                {
                    await AnswerAsync(context, caller, read.Buffer);
                    body.AdvanceTo(read.Buffer.End);
                    return;
                }
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException exception)
        {
            // Framing that Kestrel refuses (bad chunks, too slow, too large) shows while reading.
            VerifyAnswer.Write(context.Response, exception.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => VerifyFault.BodyTooLarge,
                StatusCodes.Status408RequestTimeout => VerifyFault.BodyTooSlow,
                _ => VerifyFault.JsonInvalid(null),
            });
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConnectionResetException)
        {
            context.Abort();
        }
    }

    private ValueTask AnswerAsync(HttpContext context, CallerModel caller, in ReadOnlySequence<byte> body)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(VerifyRequestReader.MaxBody * 2);
        Span<byte> whole = scratch.AsSpan(0, (int)body.Length);
        try
        {
            ReadOnlySpan<byte> text = body.FirstSpan;
            if (!body.IsSingleSegment)
            {
                body.CopyTo(whole);
                text = whole;
            }
            VerifyFault? fault = Ask(caller, text, scratch.AsSpan(VerifyRequestReader.MaxBody), out ValueTask<VerificationOutcome> pending);
            if (fault is not null)
                VerifyAnswer.Write(context.Response, fault);
            else if (!pending.IsCompletedSuccessfully)
                return WriteWhenKnownAsync(context.Response, pending);
            else
                VerifyAnswer.Write(context.Response, pending.Result);
            return default;
        }
        finally
        {
            // The scratch may hold a password that was escaped or split.
            CryptographicOperations.ZeroMemory(scratch);
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static async ValueTask WriteWhenKnownAsync(HttpResponse response, ValueTask<VerificationOutcome> pending) =>
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
        var question = new Question(caller, new VerificationRequest(time.GetUtcNow().UtcTicks, fields.Scheme, endpoint, address));
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
