using System.Buffers;

namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>Takes a proxy's URL apart as its writer meant it: a URL whose secret is not encoded must still be understood to be corrected.</summary>
internal static class ProxyUrl
{
    private static readonly SearchValues<char> AfterAuthority = SearchValues.Create("/?#");

    /// <summary>Fills in scheme, user information, host and port.</summary>
    internal static PastedProxy Split(PastedProxy known)
    {
        Literal value = known.Value;
        string text = value.Text;
        if (IsReference(text))
            return known with { IsOpaque = true };
        int start = SchemeLength(text);
        int at = UserInfoEnd(text, start);
        int end = text.AsSpan(at).IndexOfAny(AfterAuthority) is var slash and >= 0 ? at + slash : text.Length;
        int colon = HostLength(text.AsSpan(at, end - at)) + at;
        bool hasPort = colon + 1 < end;
        return known with
        {
            Scheme = start > 0 ? new Piece(value, 0, start) : null,
            UserInfo = at > start ? new Piece(value, start, at) : null,
            Host = new(value, at, colon),
            Port = hasPort ? new Piece(value, colon + 1, end) : null,
            NewPort = hasPort ? null : colon < end ? value.Replace(colon, end, ":{0}")[0] : PasteEdit.Insert(value.EndOf(colon), ":{0}"),
        };
    }

    /// <summary>The name of a scheme piece such as <c>http://</c>.</summary>
    internal static string SchemeName(string scheme) => scheme[..scheme.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant();

    private static bool IsReference(string text) =>
        text[0] == '$' || text.Contains("${", StringComparison.Ordinal) || text.Length > 2 && text[0] == '%' && text[^1] == '%';

    // People lose slashes: "http:/proxy" is meant as a scheme where the word before the colon is one.
    private static int SchemeLength(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is <= 0 or > 20 || !text.AsSpan(0, colon).ContainsOnlySchemeCharacters())
            return 0;
        int end = colon + 1;
        while (end < text.Length && text[end] == '/')
            end++;
        return end - colon > 2 || end - colon == 2 && ProxyScheme.IsKnown(text[..colon].ToLowerInvariant()) ? end : 0;
    }

    private static bool ContainsOnlySchemeCharacters(this ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
                return false;
        }
        return true;
    }

    // The last @ counts, wherever it is, unless what stands before path and query is whole without it.
    private static int UserInfoEnd(string text, int start)
    {
        int last = text.LastIndexOf('@');
        if (last < start)
            return start;
        int slash = text.AsSpan(start).IndexOfAny(AfterAuthority);
        int end = slash < 0 ? text.Length : start + slash;
        if (last < end)
            return last + 1;
        int inside = text.LastIndexOf('@', Math.Max(end - 1, 0));
        int host = inside < start ? start : inside + 1;
        return IsWhole(text[host..end]) && !text.AsSpan(host, last - host).Contains(PasteMask.Character) ? host : last + 1;
    }

    private static bool IsWhole(string authority)
    {
        int colon = HostLength(authority);
        return colon + 1 < authority.Length && ProxyAddress.ParsePort(authority[(colon + 1)..]).Succeeded
            && ProxyAddress.ParseHost(authority[..colon]).Succeeded;
    }

    private static int HostLength(ReadOnlySpan<char> authority)
    {
        int from = authority.StartsWith("[") ? Math.Max(authority.IndexOf(']'), 0) : 0;
        int colon = authority[from..].IndexOf(':');
        return colon < 0 ? authority.Length : from + colon;
    }
}
