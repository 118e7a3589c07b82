namespace ProxyPortal.Core.Publishing.Clients.Quoting;

/// <summary>A word of a .netrc file: bare where every reader agrees, quoted otherwise. Only newer readers know quotes.</summary>
internal static class NetrcToken
{
    private const string NeedsQuotes = "\"\\#";

    internal static string Of(string text) =>
        text.Any(c => char.IsWhiteSpace(c) || NeedsQuotes.Contains(c, StringComparison.Ordinal)) ? BackslashQuote.Of(text) : text;
}
