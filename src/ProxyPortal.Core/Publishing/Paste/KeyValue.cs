namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>A line <c>name = value</c>.</summary>
internal readonly record struct KeyValue(SourceLine Line, int NameEnd, int ValueStart)
{
    internal string Name => Line.Source[Line.Start..NameEnd];

    internal bool IsSpaced => ValueStart - NameEnd > 1;

    internal int ValueEnd => Line.End;

    /// <summary>The line taken apart at the first of <paramref name="separators"/>, or null.</summary>
    internal static KeyValue? Of(SourceLine line, string separators = "=")
    {
        int at = line.Text.IndexOfAny(separators);
        if (line.IsComment || at <= 0)
            return null;
        int nameEnd = line.Start + at, value = line.Start + at + 1;
        while (nameEnd > line.Start && char.IsWhiteSpace(line.Source[nameEnd - 1]))
            nameEnd--;
        while (value < line.End && char.IsWhiteSpace(line.Source[value]))
            value++;
        return new(line, nameEnd, value);
    }

    /// <summary>The value of a format with double quotes and backslashes; without quotes a comment may follow.</summary>
    internal Literal Quotable()
    {
        if (ValueStart < ValueEnd && Line.Source[ValueStart] is '"' or '\'')
            return Words.Quoted(Line.Source, ValueStart, ValueEnd).Value;
        int end = ValueEnd;
        for (int i = ValueStart + 1; i < ValueEnd; i++)
        {
            if (Line.Source[i] is '#' or ';' && char.IsWhiteSpace(Line.Source[i - 1]))
            {
                end = i;
                break;
            }
        }
        while (end > ValueStart && char.IsWhiteSpace(Line.Source[end - 1]))
            end--;
        return Literal.Plain(Line.Source, ValueStart, end);
    }

    /// <summary>The line once more, for another name.</summary>
    internal PasteEdit Twin(string name) =>
        PasteEdit.Insert(Line.End, $"{SourceLine.Break(Line.Source)}{Line.Indent()}{name}{Line.Source[NameEnd..Line.End]}");
}
