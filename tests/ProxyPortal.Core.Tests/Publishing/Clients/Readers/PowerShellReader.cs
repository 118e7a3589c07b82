using System.Text;

namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>PowerShell's literal strings, after its tokenizer (ScanStringLiteral): any of five characters is a single quote, opens and closes,
/// and two in a row stand for the second. There was no PowerShell at hand to compare with.</summary>
internal static class PowerShellReader
{
    internal static List<string> Strings(string line)
    {
        List<string> strings = [];
        for (int i = 0; i < line.Length; i++)
        {
            if (!IsQuote(line[i]))
                continue;
            var text = new StringBuilder();
            for (i++; ; i++)
            {
                if (IsQuote(line[i]) && !(i + 1 < line.Length && IsQuote(line[++i])))
                    break;
                text.Append(line[i]);
            }
            strings.Add(text.ToString());
        }
        return strings;
    }

    /// <summary>The strings of the first line that starts with <paramref name="start"/>, blanks aside.</summary>
    internal static List<string> Line(string text, string start) =>
        Strings(text.Split('\n').Select(line => line.TrimStart()).First(line => line.StartsWith(start, StringComparison.Ordinal)));

    internal static Dictionary<string, string> Variables(string text) => text.Split('\n').Where(line => line.StartsWith("$env:", StringComparison.Ordinal))
        .ToDictionary(line => line[5..line.IndexOf(' ', StringComparison.Ordinal)], line => Strings(line).Single());

    private static bool IsQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B';
}
