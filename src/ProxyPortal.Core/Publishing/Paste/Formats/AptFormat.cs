namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>apt.conf. The setting for http serves https too; in quotes nothing is special but the quote.</summary>
internal static class AptFormat
{
    private static readonly string[] Keys = ["Acquire::http::Proxy", "Acquire::https::Proxy"];

    internal static PasteReading? Read(string text)
    {
        var reading = new PasteReading();
        foreach (SourceLine line in SourceLine.All(text))
        {
            string? key = line.IsComment ? null : Array.Find(Keys, line.StartsWithWord);
            if (key is null)
                continue;
            int start = line.Start + key.Length;
            while (start < line.End && char.IsWhiteSpace(text[start]))
                start++;
            Literal value = Value(text, start, line.End);
            if (value.Text is "DIRECT" or "false")
                continue;
            reading.AddUrl(new() { Name = key, Value = value });
        }
        return reading.OrNull();
    }

    private static Literal Value(string source, int start, int end)
    {
        if (start < end && source[start] == '"')
        {
            int quote = source.AsSpan(start + 1, end - start - 1).IndexOf('"');
            return Literal.Plain(source, start + 1, quote < 0 ? end : start + 1 + quote);
        }
        int semicolon = source.AsSpan(start, end - start).IndexOf(';');
        return Literal.Plain(source, start, semicolon < 0 ? end : start + semicolon);
    }
}
