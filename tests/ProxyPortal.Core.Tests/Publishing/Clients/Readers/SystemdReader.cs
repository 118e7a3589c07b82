using System.Text;

namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>Environment= after systemd's config_parse_environ: one word is taken out of its quotes and C escapes, then specifiers are expanded,
/// of which only <c>%%</c> is the same everywhere. No running systemd was at hand to compare with.</summary>
internal static class SystemdReader
{
    internal static Dictionary<string, string> Environment(string text)
    {
        List<string> lines = [.. text.Split('\n').Where(line => line.Length > 0 && line[0] is not ('#' or ';'))];
        if (lines[0] != "[Service]")
            throw new FormatException(lines[0]);
        return lines.Skip(1).Select(line => line.Split('=', 2) is ["Environment", string word] ? Expand(Unquote(word)) : throw new FormatException(line))
            .ToDictionary(pair => pair.Split('=', 2)[0], pair => pair.Split('=', 2)[1]);
    }

    private static string Unquote(string word)
    {
        (string text, int next) = CodeReader.Literal(word, 0);
        return next == word.Length ? text : throw new FormatException(word);
    }

    private static string Expand(string text)
    {
        var expanded = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
            expanded.Append(text[i] != '%' ? text[i] : text[++i] == '%' ? '%' : throw new FormatException($"The specifier %{text[i]}"));
        return expanded.ToString();
    }
}
