using ProxyPortal.Core;
using ProxyPortal.Core.Publishing.Guides;

namespace ProxyPortal.Publishing.Guides;

/// <summary>What keeps a text from being published, in words for whoever writes it.</summary>
public static class GuideProblems
{
    private const int MostNamed = 5;
    private const int LongestName = 80;

    /// <summary>Every broken placeholder: none of the values is a secret, so one that asks for a secret is as unknown as a mistyped one.</summary>
    public static IEnumerable<string> Of(string text, GuideValues values) => values.UnknownIn(text).Select(Sentence);

    /// <summary>All of it as one refusal of the field <c>text</c>, or null.</summary>
    public static Error? Refusal(string text, GuideValues values)
    {
        List<string> problems = [.. Of(text, values)];
        if (problems.Count == 0)
            return null;
        string more = problems.Count > MostNamed ? $" And {problems.Count - MostNamed} more." : "";
        return new Error("placeholder_unknown", string.Join(' ', problems.Take(MostNamed)) + more, "text");
    }

    private static string Sentence(GuidePlaceholder placeholder)
    {
        string name = placeholder.Name.Length <= LongestName ? placeholder.Name : placeholder.Name[..LongestName] + "…";
        return $"Line {placeholder.Line}, column {placeholder.Column}: {{{{{name}}}}} stands for nothing.";
    }
}
