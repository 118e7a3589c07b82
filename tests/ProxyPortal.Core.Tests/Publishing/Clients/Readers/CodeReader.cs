using System.Text;

namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>String literals in double quotes, read left to right. Only <c>\\</c> and <c>\"</c> are taken: these two mean the same in C#, Java (where
/// a <c>\u</c> after a pair of backslashes is no Unicode escape, JLS 3.3), JavaScript, Python and TOML; anything else is an error.
/// The texts themselves were once compiled by javac 17 and csc 14, run by Node.js 20 and parsed by Python 3.11.</summary>
internal static class CodeReader
{
    /// <summary>The <paramref name="nth"/> literal after <paramref name="marker"/>.</summary>
    internal static string After(string text, string marker, int nth = 0)
    {
        int at = text.IndexOf(marker, StringComparison.Ordinal);
        if (at < 0)
            throw new FormatException($"No {marker}");
        at += marker.Length;
        for (string literal; ; nth--)
        {
            (literal, at) = Literal(text, text.IndexOf('"', at));
            if (nth == 0)
                return literal;
        }
    }

    /// <summary>The literal whose opening quote is at <paramref name="start"/>, and what is behind it.</summary>
    internal static (string Literal, int Next) Literal(string text, int start)
    {
        var literal = new StringBuilder();
        for (int i = start + 1; ; i++)
        {
            switch (text[i])
            {
                case '"':
                    return (literal.ToString(), i + 1);
                case '\\' when text[i + 1] is '\\' or '"':
                    literal.Append(text[++i]);
                    break;
                case '\\' or '\n' or '\r' or '\u2028' or '\u2029' or '\u0085':
                    throw new FormatException("Not in a literal.");
                default:
                    literal.Append(text[i]);
                    break;
            }
        }
    }
}
