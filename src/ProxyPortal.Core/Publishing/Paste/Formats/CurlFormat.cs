namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>.curlrc and curl on the command line. Quotes are syntax in both.</summary>
internal static class CurlFormat
{
    internal static PasteReading? Read(string text)
    {
        var reading = new PasteReading();
        bool isCommand = false;
        foreach (SourceLine line in SourceLine.All(text))
        {
            if (line.IsComment)
                continue;
            // A command goes on in the next line after a backslash.
            bool isStart = line.StartsWithWord("curl") || line.StartsWithWord("$ curl") || line.StartsWithWord("curl.exe");
            if (isStart || isCommand)
                ReadCommand(reading, line);
            else
                ReadOption(reading, line);
            isCommand = (isStart || isCommand) && line.Text[^1] is '\\' or '^' or '`';
        }
        return reading.OrNull();
    }

    private static void ReadOption(PasteReading reading, SourceLine line)
    {
        int length = line.Text.IndexOfAny(" \t=:");
        if (length <= 0)
            return;
        int start = line.Start + length;
        while (start < line.End && (char.IsWhiteSpace(line.Source[start]) || line.Source[start] is '=' or ':'))
            start++;
        if (start >= line.End || IsOneUrl(line))
            return;
        Literal value = line.Source[start] == '"' ? Words.Quoted(line.Source, start, line.End).Value : Bare(line, start);
        Add(reading, line.Text[..length].ToString().TrimStart('-'), value);
    }

    // proxy:3128 alone is an address, not an option.
    private static bool IsOneUrl(SourceLine line) => line.Text.IndexOfAny(" \t=") < 0;

    private static Literal Bare(SourceLine line, int start)
    {
        int length = line.Source.AsSpan(start, line.End - start).IndexOfAny(' ', '\t');
        return Literal.Plain(line.Source, start, length < 0 ? line.End : start + length);
    }

    private static void ReadCommand(PasteReading reading, SourceLine line)
    {
        List<(Literal Value, int Start, int End)> words = Words.Command(line);
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i].Value.Text;
            if (word.Length > 2 && word[0] == '-' && word[1] is 'x' or 'U')
                Add(reading, word[1..2], words[i].Value.Slice(2, word.Length));
            else if (word.Length > 1 && word[0] == '-' && i + 1 < words.Count && Add(reading, word.TrimStart('-'), words[i + 1].Value))
                i++;
        }
    }

    private static bool Add(PasteReading reading, string option, Literal value)
    {
        switch (option)
        {
            case "proxy" or "x":
                reading.AddUrl(new() { Name = "proxy", Value = value });
                return true;
            // A lone colon asks for the ticket of whoever runs curl.
            case "proxy-user" or "U":
                if (value.Text.Length > 0 && value.Text != ":")
                    reading.Logins.Add(PastedLogin.Of(Piece.All(value), LoginForm.Percent));
                return true;
            case "noproxy":
                reading.AddBypass(value);
                return true;
            default:
                return false;
        }
    }
}
