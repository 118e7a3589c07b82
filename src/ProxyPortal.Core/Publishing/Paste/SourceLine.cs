namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>A line of the pasted text, without blanks at its ends.</summary>
internal readonly record struct SourceLine(string Source, int Start, int End)
{
    internal ReadOnlySpan<char> Text => Source.AsSpan(Start, End - Start);

    internal bool IsComment => Text.StartsWith("#") || Text.StartsWith(";") || Text.StartsWith("//") || Text.StartsWith("!");

    internal static List<SourceLine> All(string source)
    {
        var lines = new List<SourceLine>();
        for (int start = 0; start < source.Length;)
        {
            int length = source.AsSpan(start).IndexOfAny('\r', '\n');
            int end = length < 0 ? source.Length : start + length;
            int from = start, to = end;
            while (from < to && char.IsWhiteSpace(source[from]))
                from++;
            while (to > from && char.IsWhiteSpace(source[to - 1]))
                to--;
            if (to > from)
                lines.Add(new(source, from, to));
            start = end + 1;
        }
        return lines;
    }

    /// <summary>The line end that the text uses.</summary>
    internal static string Break(string source) =>
        source.IndexOf('\n', StringComparison.Ordinal) is var at and > 0 && source[at - 1] == '\r' ? "\r\n" : "\n";

    /// <summary>The blanks before the line.</summary>
    internal string Indent()
    {
        int from = Start;
        while (from > 0 && Source[from - 1] is ' ' or '\t')
            from--;
        return Source[from..Start];
    }

    internal bool StartsWithWord(string word) => Text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        && (Text.Length == word.Length || char.IsWhiteSpace(Text[word.Length]));
}
