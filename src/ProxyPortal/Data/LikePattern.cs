namespace ProxyPortal.Data;

/// <summary>Patterns for SQL LIKE out of what people type: their % and _ mean themselves.</summary>
internal static class LikePattern
{
    public const string Escape = "\\";

    public const int LongestSearch = 200;

    public static string Containing(string text) => "%" + Escaped(text) + "%";

    public static string StartingWith(string text) => Escaped(text) + "%";

    private static string Escaped(string text) => (text.Length <= LongestSearch ? text : text[..LongestSearch]).Trim()
        // PostgreSQL has no text with NUL in it, not even to compare with.
        .Replace("\0", "\uFFFD", StringComparison.Ordinal)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
