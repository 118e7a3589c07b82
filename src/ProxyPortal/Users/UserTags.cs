using ProxyPortal.Core;

namespace ProxyPortal.Users;

/// <summary>Tags: words in lower case to find and choose users by.</summary>
internal static class UserTags
{
    public const int Most = 20;
    public const int Longest = 32;
    private static readonly char[] Separators = [',', ';', '\n', '\r', '\t'];

    /// <summary>The tags of a text as people type it, separated by commas.</summary>
    public static IReadOnlyList<string> Split(string? text) =>
        text is null ? [] : [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    public static string Join(IEnumerable<string> tags) => string.Join(", ", tags);

    /// <summary>As they are stored: folded, each once, in order. Errors: <c>tags_invalid</c>.</summary>
    public static Result<IReadOnlyList<string>> Fold(IEnumerable<string> tags)
    {
        SortedSet<string> folded = new(StringComparer.Ordinal);
        foreach (string? tag in tags)
        {
            string word = tag?.Trim().ToLowerInvariant() ?? "";
            if (word.Length is 0 or > Longest || word.IndexOfAny(Separators) >= 0 || word.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
                return Fault($"A tag has 1 to {Longest} characters and no comma or semicolon.");
            folded.Add(word);
        }
        return folded.Count <= Most ? folded.ToList() : Fault($"A user has at most {Most} tags.");
    }

    private static Error Fault(string message) => new("tags_invalid", message, "tags");
}
