using System.Text;

namespace ProxyPortal.Core.Publishing.Clients.Quoting;

/// <summary>Single quotes of PowerShell: a quote is doubled, and four typographic ones count as quotes too.</summary>
internal static class PowerShellQuote
{
    private const string Quotes = "'\u2018\u2019\u201A\u201B";

    internal static string Of(string text)
    {
        var quoted = new StringBuilder("'", text.Length + 2);
        foreach (char c in text)
            quoted.Append(c, Quotes.Contains(c, StringComparison.Ordinal) ? 2 : 1);
        return quoted.Append('\'').ToString();
    }
}
