namespace ProxyPortal.Core.Publishing.Clients.Quoting;

/// <summary>A word of a unit file: C escapes inside double quotes, and <c>%</c> doubled, because specifiers are expanded everywhere.</summary>
internal static class SystemdQuote
{
    internal static string Of(string text) => BackslashQuote.Of(text.Replace("%", "%%", StringComparison.Ordinal));
}
