namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>Variables of a POSIX shell, of /etc/environment, of PowerShell and of cmd, whose <c>set</c> keeps quotes around a value.</summary>
internal static class EnvironmentFormat
{
    internal static PasteReading? Read(string text)
    {
        var reading = new PasteReading();
        var set = new List<(string Name, int At)>();
        foreach (SourceLine line in SourceLine.All(text))
        {
            if (line.IsComment)
                continue;
            if (line.Text.StartsWith("$env:", StringComparison.OrdinalIgnoreCase))
                ReadPowerShell(reading, line);
            else if (line.StartsWithWord("set"))
                ReadCmd(reading, line);
            else
                ReadShell(reading, set, line);
        }
        ProxyVariables.MarkCapitals(reading, set);
        return reading.OrNull();
    }

    private static void ReadPowerShell(PasteReading reading, SourceLine line)
    {
        int nameStart = line.Start + "$env:".Length;
        if (KeyValue.Of(line) is not KeyValue pair || pair.NameEnd <= nameStart || pair.ValueStart >= pair.ValueEnd)
            return;
        string name = line.Source[nameStart..pair.NameEnd];
        if (ProxyVariables.IsName(name, isWindows: true))
            ProxyVariables.Add(reading, name, Words.PowerShell(line.Source, pair.ValueStart, pair.ValueEnd).Value, twin => pair.Twin($"$env:{twin}"));
    }

    private static void ReadCmd(PasteReading reading, SourceLine line)
    {
        string source = line.Source;
        int start = line.Start + "set".Length, end = line.End;
        while (start < end && char.IsWhiteSpace(source[start]))
            start++;
        // Quotes around name and value together are cmd's own.
        if (end - start > 2 && source[start] == '"' && source[end - 1] == '"')
            (start, end) = (start + 1, end - 1);
        int equals = source.AsSpan(start, end - start).IndexOf('=');
        if (equals <= 0 || !ProxyVariables.IsName(source.Substring(start, equals), isWindows: true))
            return;
        string name = source.Substring(start, equals);
        ProxyVariables.Add(reading, name, reading.Unquoted(source, start + equals + 1, end), twin => PasteEdit.Insert(line.End,
            $"{SourceLine.Break(source)}{line.Indent()}{source[line.Start..start]}{twin}{source[(start + equals)..line.End]}"));
    }

    private static void ReadShell(PasteReading reading, List<(string Name, int At)> set, SourceLine line)
    {
        string source = line.Source;
        foreach ((int start, int end, bool isOnly) in Assignments(line))
        {
            int equals = source.IndexOf('=', start, end - start);
            string name = equals < 0 ? "" : source[start..equals];
            if (!ProxyVariables.IsName(name, isWindows: false))
                continue;
            set.Add((name, start));
            ProxyVariables.Add(reading, name, Words.Shell(source, equals + 1, end).Value, twin => PasteEdit.Insert(end, isOnly
                ? $"{SourceLine.Break(source)}{line.Indent()}{source[line.Start..start]}{twin}{source[equals..end]}"
                : $" {twin}{source[equals..end]}"));
        }
    }

    private static IEnumerable<(int Start, int End, bool IsOnly)> Assignments(SourceLine line)
    {
        List<(Literal Value, int Start, int End)> words = Words.Command(line);
        bool isOnly = words.Count == 1 || words.Count == 2 && words[0].Value.Text is "export" or "ENV" or "ARG";
        return words.Select(word => (word.Start, word.End, isOnly));
    }
}
