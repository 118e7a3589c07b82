using Microsoft.AspNetCore.Http.Features;

namespace ProxyPortal.Verification;

/// <summary>Looks at the request target as it was sent, before anything normalises it: a proxy may have appended what its client chose.</summary>
internal static class RequestTarget
{
    private static readonly string[] SecretParameters = ["password", "pass", "secret", "token", "access_token", "api_key", "apikey", "key", "authorization"];

    /// <returns>The fault to answer, or null when this is a clean POST to <paramref name="path"/>.</returns>
    public static VerifyFault? Check(HttpContext context, string path)
    {
        string raw = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (!raw.Equals(path, StringComparison.Ordinal))
        {
            int query = raw.IndexOf('?', StringComparison.Ordinal);
            ReadOnlySpan<char> target = query < 0 ? raw : raw.AsSpan(0, query);
            if (HasDotSegment(target))
                return VerifyFault.Target;
            if (!target.SequenceEqual(path))
                return VerifyFault.NotFound;
            if (HttpMethods.IsPost(context.Request.Method) && context.Request.Query.Keys.Any(name => SecretParameters.Contains(name, StringComparer.OrdinalIgnoreCase)))
                return VerifyFault.SecretInUrl;
        }
        return HttpMethods.IsPost(context.Request.Method) ? null : VerifyFault.Method;
    }

    private static bool HasDotSegment(ReadOnlySpan<char> target)
    {
        foreach (Range range in target.SplitAny('/', '\\'))
        {
            string segment = target[range].ToString().Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
            if (segment is "." or "..")
                return true;
        }
        return target.Contains("%2f..", StringComparison.OrdinalIgnoreCase) || target.Contains("..%2f", StringComparison.OrdinalIgnoreCase);
    }
}
