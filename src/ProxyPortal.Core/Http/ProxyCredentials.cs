using System.Buffers;

namespace ProxyPortal.Core.Http;

/// <summary>
/// The value of a Proxy-Authorization or Authorization header (RFC 9110 §11.4): a scheme, one space or more, and either one token68 or
/// parameters. Points into the header's text.
/// </summary>
public readonly ref struct ProxyCredentials
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> Token68Characters =
        SearchValues.Create("-._~+/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private ProxyCredentials(AuthSchemes scheme, ReadOnlySpan<char> text)
    {
        Scheme = scheme;
        Text = text;
    }

    /// <summary>The scheme; <see cref="AuthSchemes.None"/> for a well-formed name that nobody here knows.</summary>
    public AuthSchemes Scheme { get; }

    /// <summary>What follows the scheme.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>Reads <paramref name="value"/>; false when it is not well formed. Only the scheme is case-insensitive. A list of credentials
    /// is not well formed, because one reader would take its first and another its last; nor is a tab for the space.</summary>
    public static bool TryParse(ReadOnlySpan<char> value, out ProxyCredentials credentials)
    {
        credentials = default;
        value = value.Trim(' ');
        int end = value.IndexOfAnyExcept(TokenCharacters);
        if (end <= 0 || value[end] != ' ')
            return false;
        AuthSchemes scheme = AuthScheme.TryParse(value[..end], out AuthSchemes known) ? known : AuthSchemes.None;
        ReadOnlySpan<char> text = value[end..].TrimStart(' ');
        // All schemes but Digest carry one token68; of an unknown one only its name is of interest.
        if (scheme is not (AuthSchemes.Digest or AuthSchemes.None) && !IsToken68(text))
            return false;
        credentials = new ProxyCredentials(scheme, text);
        return true;
    }

    private static bool IsToken68(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> withoutPadding = text.TrimEnd('=');
        return !withoutPadding.IsEmpty && !withoutPadding.ContainsAnyExcept(Token68Characters);
    }
}
