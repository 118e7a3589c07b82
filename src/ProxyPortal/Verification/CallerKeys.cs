using Microsoft.Extensions.Primitives;

namespace ProxyPortal.Verification;

/// <summary>The places in a request where a caller's key may stand.</summary>
internal static class CallerKeys
{
    public const string Header = "X-Caller-Key";
    private const string Bearer = "Bearer ";

    /// <summary>From <c>X-Caller-Key</c>, or from <c>Authorization: Bearer</c>. Two keys are none: which of them is meant?</summary>
    public static ReadOnlySpan<char> InHeaders(IHeaderDictionary headers)
    {
        StringValues authorization = headers.Authorization;
        if (authorization.Count == 0)
            return InOwnHeader(headers);
        return authorization.Count == 1 && headers[Header].Count == 0 && authorization[0] is { } text && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? text.AsSpan(Bearer.Length).Trim(' ') : default;
    }

    /// <summary>From <c>X-Caller-Key</c> alone, where <c>Authorization</c> belongs to a user or to an origin.</summary>
    public static ReadOnlySpan<char> InOwnHeader(IHeaderDictionary headers)
    {
        StringValues own = headers[Header];
        return own.Count == 1 ? own[0] : default;
    }
}
