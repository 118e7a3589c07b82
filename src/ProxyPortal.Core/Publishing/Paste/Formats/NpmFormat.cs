namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>.npmrc and <c>npm config set</c>. Quotes are syntax. <c>proxy</c> alone serves https too.</summary>
internal static class NpmFormat
{
    internal static PasteReading? Read(string text)
    {
        var reading = new PasteReading();
        bool isNpm = false;
        foreach (SourceLine line in SourceLine.All(text))
        {
            if (line.StartsWithWord("npm"))
            {
                isNpm = true;
                ReadCommand(reading, line);
            }
            else if (KeyValue.Of(line) is KeyValue pair)
            {
                // A .curlrc with options of its own is not npm's.
                if (pair.Name is "proxy-user" or "user-agent")
                    return null;
                if (pair.ValueStart < pair.ValueEnd && Add(reading, pair.Name, pair.Quotable()))
                    isNpm |= pair.Name is "https-proxy" || !pair.IsSpaced;
            }
            else if (line.StartsWithWord("curl") || line.StartsWithWord("proxy-user"))
            {
                return null;
            }
        }
        return isNpm ? reading.OrNull() : null;
    }

    private static bool Add(PasteReading reading, string name, Literal value)
    {
        switch (name)
        {
            case "proxy" or "https-proxy":
                if (value.Text is "null" or "false")
                    return true;
                reading.AddUrl(new() { Name = name, Slot = name == "proxy" ? PasteSlot.Any : PasteSlot.Https, Value = value });
                return true;
            case "noproxy" or "no-proxy":
                reading.AddBypass(value);
                return true;
            default:
                return false;
        }
    }

    private static void ReadCommand(PasteReading reading, SourceLine line)
    {
        List<(Literal Value, int Start, int End)> words = Words.Command(line);
        for (int i = 1; i < words.Count; i++)
        {
            Literal word = words[i].Value;
            int equals = word.Text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                Add(reading, word.Text[..equals], word.Slice(equals + 1, word.Text.Length));
            else if (i + 1 < words.Count && Add(reading, word.Text, words[i + 1].Value))
                i++;
        }
    }
}
