using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using ProxyPortal.Core.Protocols;

namespace ProxyPortal.Verification;

/// <summary>A call of the portal's own that takes a small JSON body by POST. Usually the whole body came with the headers: then nothing
/// here waits, no state machine is made, and the body is read where it lies.</summary>
internal abstract class BodyDialect(string path) : IDialect
{
    public string Path => path;

    public VerifyFault? Refuse(HttpContext context) => RequestTarget.RefuseUnlessPost(context);

    public Task AnswerAsync(HttpContext context, CallerModel caller)
    {
        if (CheckHeaders(context.Request) is { } refused)
        {
            VerifyAnswer.Write(context.Response, refused);
            return Task.CompletedTask;
        }
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

    /// <summary>Answers the whole body, which may be empty.</summary>
    /// <param name="response">Where to.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="body">The text; gone when this returns.</param>
    /// <param name="scratch">A place for values with escapes, as long as the body where it has any. Wiped afterwards.</param>
    protected abstract Task AnswerAsync(HttpResponse response, CallerModel caller, ReadOnlySpan<byte> body, Span<byte> scratch);

    private static VerifyFault? CheckHeaders(HttpRequest request)
    {
        if (!IsJson(request.ContentType))
            return VerifyFault.ContentType;
        return request.ContentLength > VerifyRequest.MaxBodyBytes ? VerifyFault.BodyTooLarge : null;
    }

    private static bool IsJson(string? contentType) => contentType is not null &&
        (contentType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("application/json;", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("application/json ", StringComparison.OrdinalIgnoreCase));

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
        if (!read.IsCompleted && read.Buffer.Length <= VerifyRequest.MaxBodyBytes)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            return false;
        }
        try
        {
            if (read.Buffer.Length > VerifyRequest.MaxBodyBytes)
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
}
