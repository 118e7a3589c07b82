using Microsoft.AspNetCore.Http.Features;

namespace ProxyPortal.Verification;

/// <summary>Looks at the request target as it was sent, before anything normalises it: a proxy may have appended what its client chose.</summary>
internal static class RequestTarget
{
    // Parts of names: whatever someone calls it, a secret in the URL must be told apart from a harmless parameter.
    private static readonly string[] SecretNames = ["pass", "pwd", "secret", "token", "key", "auth", "credential"];

    public static string Raw(HttpContext context) => context.Features.Get<IHttpRequestFeature>()!.RawTarget;

    public static ReadOnlySpan<char> PathOf(string rawTarget)
    {
        int query = rawTarget.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? rawTarget : rawTarget.AsSpan(0, query);
    }

    /// <summary>The query without its question mark; empty where there is none.</summary>
    public static ReadOnlySpan<char> QueryOf(string rawTarget)
    {
        int query = rawTarget.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? default : rawTarget.AsSpan(query + 1);
    }

    /// <summary>For dialects that take a POST and nothing in the URL.</summary>
    public static VerifyFault? RefuseUnlessPost(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            return VerifyFault.Method;
        return context.Request.QueryString.HasValue && context.Request.Query.Keys.Any(IsSecret) ? VerifyFault.SecretInUrl : null;
    }

    /// <summary>Whether a segment is one or two dots; encoded once, twice, with either slash: whoever is behind us may decode once more
    /// than we do.</summary>
    public static bool HasDotSegment(ReadOnlySpan<char> target)
    {
        // The usual target has neither escapes nor backslashes, and is looked at where it stands.
        if (target.IndexOfAny('%', '\\') < 0)
            return HasPlainDotSegment(target);
        string decoded = target.ToString();
        for (string before = ""; before != decoded;)
        {
            before = decoded;
            decoded = decoded.Replace("%25", "%", StringComparison.Ordinal).Replace("%2e", ".", StringComparison.OrdinalIgnoreCase)
                .Replace("%2f", "/", StringComparison.OrdinalIgnoreCase).Replace("%5c", "/", StringComparison.OrdinalIgnoreCase).Replace('\\', '/');
        }
        return HasPlainDotSegment(decoded);
    }

    private static bool HasPlainDotSegment(ReadOnlySpan<char> target)
    {
        foreach (Range segment in target.Split('/'))
        {
            if (target[segment] is "." or "..")
                return true;
        }
        return false;
    }

    private static bool IsSecret(string parameter) => SecretNames.Any(name => parameter.Contains(name, StringComparison.OrdinalIgnoreCase));
}
