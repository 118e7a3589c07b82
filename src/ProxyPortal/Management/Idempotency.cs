using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using ProxyPortal.Access;
using ProxyPortal.ApiTokens;
using ProxyPortal.Core;

namespace ProxyPortal.Management;

/// <summary><c>Idempotency-Key</c>, on every POST of the API: the same call again under the same key gets the same answer and does nothing.
/// Only what was done is kept; a refusal changed nothing, so the key stays free for the corrected call.</summary>
internal static class Idempotency
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotent-Replayed";
    private const int LongestKey = 128;

    // Kept in memory while it is compared; larger bodies (imports) are not for this.
    private const int LargestBody = 64 * 1024;
    private static readonly string[] KeptHeaders = ["Content-Type", "ETag", "Location"];

    /// <summary>Stands after authorisation: the key belongs to the token that calls.</summary>
    public static IApplicationBuilder UseIdempotency(this WebApplication app)
    {
        IdempotentAnswers answers = app.Services.GetRequiredService<IdempotentAnswers>();
        return app.Use((context, next) =>
            HttpMethods.IsPost(context.Request.Method) && ManagementApi.IsMeant(context) && context.Request.Headers.TryGetValue(Header, out StringValues key) && context.Features.Get<TokenGrant>() is { } token
                ? CallAsync(context, token.Id, key, answers, next) : next(context));
    }

    private static async Task CallAsync(HttpContext context, Guid token, StringValues header, IdempotentAnswers answers, RequestDelegate next)
    {
        if (header.ToString() is not { Length: > 0 and <= LongestKey } key || header.Count != 1 || key.Any(c => c is <= ' ' or >= '\x7f'))
        {
            await RefuseAsync(context, new Error("idempotency_key_invalid", $"{Header} is given once and has 1 to {LongestKey} letters, digits and signs of ASCII, without spaces."));
            return;
        }
        if (await DigestAsync(context.Request, context.RequestAborted) is not { } digest)
        {
            await RefuseAsync(context, new Error("idempotency_key_unsupported", $"{Header} works with bodies of at most {LargestBody} bytes."));
            return;
        }
        if (await answers.TakeAsync(token, key, digest, context.RequestAborted) is { } taken)
            await DoAsync(context, taken, answers, next);
        else
            await RepeatAsync(context, await answers.FindAsync(token, key, context.RequestAborted), digest, answers);
    }

    private static async Task DoAsync(HttpContext context, IdempotentCall call, IdempotentAnswers answers, RequestDelegate next)
    {
        // Whoever hangs up now asks again under this key: the call must come to its end, so that there is an answer then.
        context.RequestAborted = CancellationToken.None;
        Stream connection = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        try
        {
            await next(context);
        }
        catch
        {
            await answers.ReleaseAsync(call, CancellationToken.None);
            throw;
        }
        finally
        {
            context.Response.Body = connection;
        }
        if (context.Response.StatusCode is >= 200 and < 300)
        {
            var headers = KeptHeaders.Where(context.Response.Headers.ContainsKey).ToDictionary(name => name, name => context.Response.Headers[name].ToString(), StringComparer.Ordinal);
            await answers.KeepAsync(call, new IdempotentAnswer(context.Response.StatusCode, headers, body.ToArray()), CancellationToken.None);
        }
        else
        {
            await answers.ReleaseAsync(call, CancellationToken.None);
        }
        await connection.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), CancellationToken.None);
    }

    private static async Task RepeatAsync(HttpContext context, IdempotentCall? before, byte[] digest, IdempotentAnswers answers)
    {
        if (before is not null && !CryptographicOperations.FixedTimeEquals(before.RequestDigest, digest))
        {
            await RefuseAsync(context, new Error("idempotency_key_reused", "Another call was made under this key. Choose a new key for a new call."));
            return;
        }
        // Gone already: the call before was refused at this very moment.
        if (before is null || answers.Open(before) is not { } answer)
        {
            context.Response.Headers.RetryAfter = "1";
            await RefuseAsync(context, new Error("idempotency_in_progress", "The call under this key has not finished. Ask again in a moment; if this stays, look whether it was done and choose a new key."));
            return;
        }
        context.Response.StatusCode = answer.Status;
        foreach ((string name, string value) in answer.Headers)
            context.Response.Headers[name] = value;
        context.Response.Headers[ReplayedHeader] = "true";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, Error error) => ApiProblem.Of(error).ExecuteAsync(context);

    /// <summary>Of method, address, media type and body, which is read and put back; null when it is too large.</summary>
    private static async Task<byte[]?> DigestAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        byte[] buffer = new byte[4096];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > LargestBody)
                return null;
            body.Write(buffer, 0, read);
        }
        body.Position = 0;
        request.Body = body;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.ContentType}\n"));
        hash.AppendData(body.GetBuffer(), 0, (int)body.Length);
        return hash.GetHashAndReset();
    }
}
