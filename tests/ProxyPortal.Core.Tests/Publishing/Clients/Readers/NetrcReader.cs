using System.Text;

namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>.netrc after curl's lib/netrc.c (7.84 and later): blanks part words, a word that starts with a quote ends at the next bare one and
/// knows <c>\n \r \t</c> and a backslash before anything else. Compared once by hand with curl 7.88 and Python 3.11.</summary>
internal static class NetrcReader
{
    internal static ClientReading Read(string text)
    {
        List<string> words = [.. text.Split('\n').Where(line => !line.StartsWith('#')).SelectMany(Words)];
        string After(string key) => words[words.IndexOf(key) + 1];
        return words is ["machine", _, "login", _, "password", _]
            ? new ClientReading { Host = After("machine"), Login = words[3], Secret = words[5] } : throw new FormatException(text);
    }

    private static IEnumerable<string> Words(string line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] is ' ' or '\t')
                continue;
            var word = new StringBuilder();
            if (line[i] == '"')
            {
                for (i++; line[i] != '"'; i++)
                    word.Append(line[i] != '\\' ? line[i] : line[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', char other => other });
                i++;
            }
            else
            {
                for (; i < line.Length && line[i] is not (' ' or '\t'); i++)
                    word.Append(line[i]);
            }
            yield return word.ToString();
        }
    }
}
