namespace ProxyPortal.Core.Publishing.Clients.Quoting;

/// <summary>Double quotes with <c>\\</c> and <c>\"</c>. Without control characters this one form is a string in C#, Java, JavaScript, Python and
/// TOML, a value in .gitconfig, .curlrc, .netrc (curl 7.84, Python 3.11) and a name or value in a .reg file.</summary>
internal static class BackslashQuote
{
    internal static string Of(string text) => $"\"{Escape(text)}\"";

    internal static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
