using System.Globalization;
using System.Text;

namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>java.util.Properties.load as its documentation has it: # and ! start comment lines, the key ends at an unescaped =, : or blank, a
/// backslash before anything but t n r f u is dropped. Compared once by hand with Java 17.</summary>
internal static class PropertiesReader
{
    internal static Dictionary<string, string> Read(string text)
    {
        if (text.Any(c => c > '\u00FF'))
            throw new FormatException("Not Latin-1.");
        Dictionary<string, string> properties = [];
        foreach (string line in text.Split('\n').Select(line => line.TrimStart(' ', '\t', '\f')).Where(line => line.Length > 0 && line[0] is not ('#' or '!')))
        {
            int end = 0;
            for (; line[end] is not ('=' or ':' or ' ' or '\t'); end++)
                end += line[end] == '\\' ? 1 : 0;
            string rest = line[end..].TrimStart(' ', '\t', '\f');
            if (rest.Length > 0 && rest[0] is '=' or ':')
                rest = rest[1..].TrimStart(' ', '\t', '\f');
            properties.Add(Unescape(line[..end]), Unescape(rest));
        }
        return properties;
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
                plain.Append(text[i]);
            else if (text[++i] == 'u')
            {
                plain.Append((char)int.Parse(text.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
                plain.Append(text[i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', 'f' => '\f', char other => other });
        }
        return plain.ToString();
    }
}
