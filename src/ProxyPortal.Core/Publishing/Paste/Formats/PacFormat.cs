namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>The proxies in the strings of a PAC file.</summary>
internal static class PacFormat
{
    private static readonly string[] Directives = ["PROXY", "HTTP", "HTTPS", "SOCKS", "SOCKS4", "SOCKS5"];

    internal static PasteReading? Read(string text)
    {
        if (!text.Contains("FindProxyForURL", StringComparison.Ordinal))
            return null;
        var reading = new PasteReading();
        for (int i = 0; i < text.Length;)
        {
            ReadOnlySpan<char> rest = text.AsSpan(i);
            if (rest.StartsWith("//"))
                i += rest.IndexOfAny('\r', '\n') is var line and >= 0 ? line : rest.Length;
            else if (rest.StartsWith("/*"))
                i += rest.IndexOf("*/") is var close and >= 0 ? close + 2 : rest.Length;
            else if (text[i] is '"' or '\'')
                i = ReadString(reading, text, i);
            else
                i++;
        }
        return reading.OrNull();
    }

    private static int ReadString(PasteReading reading, string text, int start)
    {
        int length = text.AsSpan(start).IndexOfAny('\r', '\n');
        (Literal value, int end) = Words.Quoted(text, start, length < 0 ? text.Length : start + length);
        int from = 0;
        for (int i = 0; i <= value.Text.Length; i++)
        {
            if (i < value.Text.Length && value.Text[i] != ';')
                continue;
            AddEntry(reading, value, from, i);
            from = i + 1;
        }
        return Math.Max(end, start + 1);
    }

    private static void AddEntry(PasteReading reading, Literal value, int from, int to)
    {
        string text = value.Text;
        while (from < to && char.IsWhiteSpace(text[from]))
            from++;
        while (to > from && char.IsWhiteSpace(text[to - 1]))
            to--;
        int blank = text.IndexOf(' ', from, to - from);
        if (blank < 0 || !Directives.Contains(text[from..blank]))
            return;
        while (blank < to && char.IsWhiteSpace(text[blank]))
            blank++;
        Literal address = value.Slice(blank, to);
        // A list may name several proxies, each in its own right.
        reading.AddUrl(new() { Name = "PAC", Scope = address.Start, Value = address });
    }
}
