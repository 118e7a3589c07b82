using System.Net;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>
/// What every request of the verify listener has to pass, whatever dialect it speaks, and the one place for it: a clean target, a
/// directory in memory, a caller who proves itself. Nothing behind it answers an anonymous caller.
/// </summary>
internal sealed partial class VerifyGate(
    DialectTable dialects, DirectoryIndex index, DirectoryFollower directory, VerificationActivity activity, CallerKeyMisuse misuse, TimeProvider time, ILogger<VerifyGate> log)
{
    /// <summary>Answers any request of the listener.</summary>
    public Task HandleAsync(HttpContext context, VerifyConnection connection)
    {
        IDialect? dialect = null;
        try
        {
            if (Admit(context, connection, out dialect, out CallerModel? caller) is { } fault)
            {
                Say(context.Response, dialect, fault);
                return Task.CompletedTask;
            }
            Task answer = dialect!.AnswerAsync(context, caller!);
            return answer.IsCompletedSuccessfully ? answer : GuardAsync(context, dialect, answer);
        }
        catch (Exception exception)
        {
            Fail(context, dialect, exception);
            return Task.CompletedTask;
        }
    }

    // Faults of the request come before the caller's key, because a key in the URL is one.
    private VerifyFault? Admit(HttpContext context, VerifyConnection connection, out IDialect? dialect, out CallerModel? caller)
    {
        caller = null;
        dialect = dialects.Find(RequestTarget.Raw(context), out VerifyFault? badTarget);
        if (dialect is null)
            return badTarget;
        if (dialect.Refuse(context) is { } badRequest)
        {
            if (badRequest == VerifyFault.SecretInUrl)
                misuse.LookForKeys(context, index.Callers);
            return badRequest;
        }
        if (!directory.IsReady)
            return VerifyFault.NotReady;
        // Most keys have no end, and then nobody asks what time it is.
        if (connection.Authenticate(dialect.CallerKeyOf(context), index.Callers) is not { } key || (key.ExpiresAt != long.MaxValue && key.ExpiresAt <= time.GetUtcNow().UtcTicks))
            return VerifyFault.CallerUnknown;
        if (!key.Networks.Contains(AddressOf(context)))
        {
            misuse.Record(key.KeyId, CallerKeyMisuseKind.WrongSource, AddressOf(context));
            return VerifyFault.CallerSource;
        }
        activity.RecordKey(key.KeyId);
        caller = key.Caller;
        return null;
    }

    private static IPAddress? AddressOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;

    private async Task GuardAsync(HttpContext context, IDialect dialect, Task answer)
    {
        try
        {
            await answer;
        }
        catch (Exception exception)
        {
            Fail(context, dialect, exception);
        }
    }

    // A proxy takes 500 for an answer; 503 makes it ask again, or ask another portal. What broke stands in the log alone.
    private void Fail(HttpContext context, IDialect? dialect, Exception exception)
    {
        string incident = VerificationId.Create(TimeProvider.System.GetUtcNow().UtcTicks).ToString();
        LogFailed(exception, incident);
        if (context.Response.HasStarted)
            context.Abort();
        else
            Say(context.Response, dialect, VerifyFault.Internal(incident));
    }

    private static void Say(HttpResponse response, IDialect? dialect, VerifyFault fault)
    {
        if (dialect is null)
            VerifyAnswer.Write(response, fault);
        else
            dialect.Say(response, fault);
    }

    [LoggerMessage(2004, LogLevel.Error, "A verification broke; the caller was told to ask again. Incident {Incident}.")]
    private partial void LogFailed(Exception exception, string incident);
}
