namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>.gitconfig and <c>git config</c>. Only <c>http.proxy</c> counts, for https too; <c>https.proxy</c> is read neither by Git nor here.</summary>
internal static class GitFormat
{
    internal static PasteReading? Read(string text)
    {
        var reading = new PasteReading();
        string? section = null;
        foreach (SourceLine line in SourceLine.All(text))
        {
            if (line.Text[0] == '[')
                section = IsHttp(line.Text) ? line.Text.ToString().ToLowerInvariant() : null;
            else if (section is not null && KeyValue.Of(line) is KeyValue pair && pair.ValueStart < pair.ValueEnd
                && pair.Name.Equals("proxy", StringComparison.OrdinalIgnoreCase))
                reading.AddUrl(new() { Name = $"{section} proxy", Value = pair.Quotable() });
            else if (line.StartsWithWord("git") || line.StartsWithWord("$ git"))
                ReadCommand(reading, line);
        }
        return reading.OrNull();
    }

    private static bool IsHttp(ReadOnlySpan<char> section) =>
        section.StartsWith("[http]", StringComparison.OrdinalIgnoreCase) || section.StartsWith("[http \"", StringComparison.OrdinalIgnoreCase);

    private static void ReadCommand(PasteReading reading, SourceLine line)
    {
        List<(Literal Value, int Start, int End)> words = Words.Command(line);
        for (int i = 0; i < words.Count; i++)
        {
            Literal word = words[i].Value;
            if (word.Text.StartsWith("http.proxy=", StringComparison.OrdinalIgnoreCase))
                reading.AddUrl(new() { Name = "http.proxy", Value = word.Slice("http.proxy=".Length, word.Text.Length) });
            else if (word.Text.Equals("http.proxy", StringComparison.OrdinalIgnoreCase) && i + 1 < words.Count)
                reading.AddUrl(new() { Name = "http.proxy", Value = words[++i].Value });
        }
    }
}
