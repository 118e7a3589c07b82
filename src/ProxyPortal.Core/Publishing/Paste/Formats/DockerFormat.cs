namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>config.json and daemon.json, read leniently: what is pasted is often a part.</summary>
internal static class DockerFormat
{
    internal static PasteReading? Read(string text)
    {
        var reading = new PasteReading();
        var objects = new Stack<int>([0]);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '{')
                objects.Push(i);
            else if (text[i] == '}' && objects.Count > 1)
                objects.Pop();
            else if (text[i] == '"')
                i = ReadMember(reading, text, i, objects.Peek()) - 1;
        }
        return reading.OrNull();
    }

    private static int ReadMember(PasteReading reading, string text, int start, int scope)
    {
        (Literal name, int end) = Words.Quoted(text, start, text.Length);
        if (name.Text is not ("httpProxy" or "http-proxy" or "httpsProxy" or "https-proxy" or "noProxy" or "no-proxy"))
            return end;
        int colon = SkipBlanks(text, end);
        int value = colon < text.Length && text[colon] == ':' ? SkipBlanks(text, colon + 1) : text.Length;
        if (value >= text.Length || text[value] != '"')
            return end;
        (Literal literal, int valueEnd) = Words.Quoted(text, value, text.Length);
        if (name.Text is "noProxy" or "no-proxy")
        {
            reading.AddBypass(literal);
            return valueEnd;
        }
        var proxy = new PastedProxy
        {
            Name = name.Text,
            Slot = name.Text.StartsWith("https", StringComparison.Ordinal) ? PasteSlot.Https : PasteSlot.Http,
            Scope = scope,
            Value = literal,
        };
        reading.AddUrl(proxy with { Twin = PasteEdit.Insert(valueEnd, $",{Gap(text, start)}\"{proxy.TwinName}\"{text[end..valueEnd]}") });
        return valueEnd;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }

    // The white space before a member, or one blank.
    private static string Gap(string text, int start)
    {
        int from = start;
        while (from > 0 && char.IsWhiteSpace(text[from - 1]))
            from--;
        return from == start ? " " : text[from..start];
    }
}
