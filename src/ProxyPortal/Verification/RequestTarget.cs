using Microsoft.AspNetCore.Http.Features;

namespace ProxyPortal.Verification;

/// <summary>Looks at the request target as it was sent, before anything normalises it: a proxy may have appended what its client chose.</summary>
internal static class RequestTarget
{
    // Parts of names: whatever someone calls it, a secret in the URL must be told apart from a harmless parameter.
    private static readonly string[] SecretNames = ["pass", "pwd", "secret", "token", "key", "auth", "credential"];

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
            if (HttpMethods.IsPost(context.Request.Method) && context.Request.Query.Keys.Any(IsSecret))
                return VerifyFault.SecretInUrl;
        }
        return HttpMethods.IsPost(context.Request.Method) ? null : VerifyFault.Method;
    }

    private static bool IsSecret(string parameter) => SecretNames.Any(name => parameter.Contains(name, StringComparison.OrdinalIgnoreCase));

    // Encoded once, twice, with either slash: whoever is behind us may decode once more than we do.
    private static bool HasDotSegment(ReadOnlySpan<char> target)
    {
        string decoded = target.ToString();
        for (string before = ""; before != decoded;)
        {
            before = decoded;
            decoded = decoded.Replace("%25", "%", StringComparison.Ordinal).Replace("%2e", ".", StringComparison.OrdinalIgnoreCase)
                .Replace("%2f", "/", StringComparison.OrdinalIgnoreCase).Replace("%5c", "\\", StringComparison.OrdinalIgnoreCase);
        }
        return decoded.Split('/', '\\').Any(segment => segment is "." or "..");
    }
}
