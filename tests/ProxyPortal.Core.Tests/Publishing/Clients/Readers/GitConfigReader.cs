using System.Text;

namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>.gitconfig after git's config.c: # and ; start comments outside quotes, quotes toggle, <c>\\ \" \n \t \b</c> are the only escapes,
/// blanks at the end of a bare value are dropped. Compared once by hand with git 2.39 (<c>git config -f</c>).</summary>
internal static class GitConfigReader
{
    internal static Dictionary<string, string> Read(string text)
    {
        Dictionary<string, string> values = [];
        string section = "";
        foreach (string line in text.Split('\n').Select(line => line.Trim(' ', '\t')).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
        {
            if (line[0] == '[')
                section = line.Trim('[', ']');
            else
            {
                string[] halves = line.Split('=', 2);
                values.Add($"{section}.{halves[0].Trim()}", Value(halves[1].TrimStart()));
            }
        }
        return values;
    }

    private static string Value(string text)
    {
        var value = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '#' or ';' when !isQuoted:
                    return value.ToString().TrimEnd();
                case '\\':
                    value.Append(text[++i] switch { '\\' => '\\', '"' => '"', 'n' => '\n', 't' => '\t', 'b' => '\b', char other => throw new FormatException($"\\{other}") });
                    break;
                default:
                    value.Append(text[i]);
                    break;
            }
        }
        return isQuoted ? throw new FormatException("An open quote.") : value.ToString();
    }
}
