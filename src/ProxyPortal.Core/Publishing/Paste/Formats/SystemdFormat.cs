namespace ProxyPortal.Core.Publishing.Paste;

/// <summary><c>Environment=</c> lines of a unit. Quotes go around the whole assignment: inside it they may end up in the value. A percent sign is
/// doubled.</summary>
internal static class SystemdFormat
{
    private const string Key = "Environment";

    internal static PasteReading? Read(string text)
    {
        var reading = new PasteReading();
        var set = new List<(string Name, int At)>();
        foreach (SourceLine line in SourceLine.All(text))
        {
            if (KeyValue.Of(line) is not KeyValue pair || pair.Name != Key)
                continue;
            for (int i = pair.ValueStart; i < pair.ValueEnd;)
            {
                if (char.IsWhiteSpace(text[i]))
                    i++;
                else
                    i = ReadWord(reading, set, line, i);
            }
        }
        ProxyVariables.MarkCapitals(reading, set);
        return reading.OrNull();
    }

    private static int ReadWord(PasteReading reading, List<(string Name, int At)> set, SourceLine line, int start)
    {
        string source = line.Source;
        bool isQuoted = source[start] is '"' or '\'';
        (Literal word, int end) = isQuoted ? Words.Quoted(source, start, line.End) : Words.Shell(source, start, line.End);
        end = Math.Max(end, start + 1);
        int equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? "" : word.Text[..equals];
        if (!ProxyVariables.IsName(name, isWindows: false))
            return end;
        set.Add((name, word.StartOf(0)));
        int valueStart = word.EndOf(equals + 1);
        int valueEnd = isQuoted ? Math.Max(valueStart, word.End) : end;
        Literal value = isQuoted ? Literal.Plain(source, valueStart, valueEnd) : reading.Unquoted(source, valueStart, valueEnd);
        ProxyVariables.Add(reading, name, Undoubled(reading, source, value.Start, Math.Max(value.Start, value.End)), twin => PasteEdit.Insert(line.End,
            $"{SourceLine.Break(source)}{line.Indent()}{Key}={source[start..word.StartOf(0)]}{twin}{source[word.StartOf(equals)..end]}"));
        return end;
    }

    private static Literal Undoubled(PasteReading reading, string source, int start, int end)
    {
        var value = new Literal(start, text => text.Replace("%", "%%", StringComparison.Ordinal));
        for (int i = start; i < end; i++)
        {
            bool isDoubled = source[i] == '%' && i + 1 < end && source[i + 1] == '%';
            if (source[i] == '%' && !isDoubled)
                reading.Marks.Add(new(PasteTrouble.PercentNotDoubled, i, "%", "%%", PasteEdit.Insert(i, "%")));
            value.Add(source[i], i, i + (isDoubled ? 2 : 1));
            i += isDoubled ? 1 : 0;
        }
        return value;
    }
}
