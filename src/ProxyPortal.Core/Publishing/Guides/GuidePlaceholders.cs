using System.Text.RegularExpressions;

namespace ProxyPortal.Core.Publishing.Guides;

/// <summary>A place in a guide where a value of the portal is to stand, such as <c>{{endpoint.hq.port}}</c>.</summary>
/// <param name="Name">What stands between the braces.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
public sealed record GuidePlaceholder(string Name, int Line, int Column);

/// <summary>Finds the placeholders of a text and fills them. A backslash in front, <c>\{{…}}</c>, lets the braces stand for themselves.</summary>
public static partial class GuidePlaceholders
{
    /// <summary>All of them in the order of the text, each as often as it is used.</summary>
    public static IReadOnlyList<GuidePlaceholder> Find(string text)
    {
        List<GuidePlaceholder> found = [];
        (int line, int lineStart, int looked) = (1, 0, 0);
        foreach (Match match in Placeholder().Matches(text))
        {
            if (match.Groups["escape"].Success)
                continue;
            for (; looked < match.Index; looked++)
            {
                if (text[looked] == '\n')
                    (line, lineStart) = (line + 1, looked + 1);
            }
            found.Add(new GuidePlaceholder(NameOf(match), line, match.Index - lineStart + 1));
        }
        return found;
    }

    /// <summary>The text with a value in the place of each placeholder. It is inserted as it is: whoever makes markup of the result escapes it.</summary>
    public static string Fill(string text, Func<string, string> valueOf) =>
        Placeholder().Replace(text, match => match.Groups["escape"].Success ? match.Value[1..] : valueOf(NameOf(match)));

    /// <summary>How many characters at the beginning of <paramref name="text"/> are a placeholder, and its name; 0 where there is none.</summary>
    public static int ReadFirst(ReadOnlySpan<char> text, out string name)
    {
        name = "";
        if (text is not ['{', '{', ..])
            return 0;
        ReadOnlySpan<char> inner = text[2..];
        int end = inner.IndexOfAny("{}\r\n");
        if (end < 0 || inner[end] != '}' || inner.Length < end + 2 || inner[end + 1] != '}')
            return 0;
        name = inner[..end].Trim().ToString();
        return end + 4;
    }

    private static string NameOf(Match match) => match.Groups["name"].Value.Trim();

    [GeneratedRegex(@"(?<escape>\\)?\{\{(?<name>[^{}\r\n]*)\}\}")]
    private static partial Regex Placeholder();
}
