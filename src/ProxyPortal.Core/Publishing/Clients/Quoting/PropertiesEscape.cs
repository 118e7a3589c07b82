using System.Globalization;
using System.Text;

namespace ProxyPortal.Core.Publishing.Clients.Quoting;

/// <summary>A value of a Java properties file: Latin-1 by definition, so everything outside ASCII is a <c>\u</c> escape; blanks at the start
/// would be skipped.</summary>
internal static class PropertiesEscape
{
    internal static string Of(string value)
    {
        var escaped = new StringBuilder(value.Length + 8);
        foreach (char c in value)
        {
            if (c == '\\' || c == ' ' && escaped.Length == 0)
                escaped.Append('\\').Append(c);
            else if (char.IsAscii(c))
                escaped.Append(c);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }
        return escaped.ToString();
    }
}
