using System.Globalization;

namespace ProxyPortal.Core.Publishing.Guides;

/// <summary>A piece of text around what was looked for.</summary>
/// <param name="Before">What stands ahead of it.</param>
/// <param name="Hit">What was found, as it is written there; empty where only the title holds it.</param>
/// <param name="After">What follows.</param>
public sealed record GuideExcerpt(string Before, string Hit, string After);

/// <summary>Looks for words in guides: all must occur, in the title or in the text, whatever their case and accents.</summary>
public static class GuideSearch
{
    /// <summary>Longer questions are cut off here.</summary>
    public const int LongestQuestion = 200;
    private const int MostWords = 10;
    private const int Around = 80;
    private const CompareOptions Folded = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    /// <summary>The words of a question; none in an empty one, which every guide answers.</summary>
    public static IReadOnlyList<string> WordsOf(string? question) =>
        question is null ? [] : [.. question[..Math.Min(question.Length, LongestQuestion)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords)];

    /// <summary>The place of the first word in the text, or null when a word occurs nowhere.</summary>
    public static GuideExcerpt? Find(string title, string text, IReadOnlyList<string> words)
    {
        GuideExcerpt? excerpt = null;
        foreach (string word in words)
        {
            (int index, int length) = IndexOf(text, word);
            if (index < 0 && IndexOf(title, word).Index < 0)
                return null;
            if (index >= 0)
                excerpt ??= ExcerptAt(text, index, length);
        }
        return excerpt ?? new GuideExcerpt("", "", Cut(text, 0, Math.Min(text.Length, 2 * Around)));
    }

    private static (int Index, int Length) IndexOf(string text, string word)
    {
        int index = CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, Folded, out int length);
        return (index, length);
    }

    private static GuideExcerpt ExcerptAt(string text, int index, int length)
    {
        int start = Math.Max(0, index - Around);
        // From the beginning of a word, so that nobody reads half of one.
        if (start > 0 && text.IndexOf(' ', start, index - start) is >= 0 and var space)
            start = space + 1;
        int end = Math.Min(text.Length, index + length + Around);
        return new GuideExcerpt((start > 0 ? "… " : "") + Cut(text, start, index), text[index..(index + length)], Cut(text, index + length, end) + (end < text.Length ? " …" : ""));
    }

    // Half a surrogate pair is no character.
    private static string Cut(string text, int start, int end)
    {
        if (start > 0 && start < text.Length && char.IsLowSurrogate(text[start]))
            start++;
        if (end > start && end < text.Length && char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[start..end];
    }
}
