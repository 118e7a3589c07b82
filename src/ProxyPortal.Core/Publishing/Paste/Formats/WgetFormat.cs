namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>.wgetrc: told from variables by blanks around the equals sign or by <c>use_proxy</c>. Quotes are no syntax.</summary>
internal static class WgetFormat
{
    private const string Switch = "use_proxy";

    internal static PasteReading? Read(string text)
    {
        var reading = new PasteReading();
        bool isWget = false;
        foreach (SourceLine line in SourceLine.All(text))
        {
            if (KeyValue.Of(line) is not KeyValue pair)
                continue;
            string name = pair.Name;
            if (name.Equals(Switch, StringComparison.OrdinalIgnoreCase))
            {
                isWget = true;
                ReadSwitch(reading, pair);
            }
            else if (ProxyVariables.IsName(name, isWindows: true))
            {
                isWget |= pair.IsSpaced;
                ProxyVariables.Add(reading, name, reading.Unquoted(text, pair.ValueStart, pair.ValueEnd), pair.Twin);
            }
        }
        return isWget ? reading.OrNull() : null;
    }

    private static void ReadSwitch(PasteReading reading, KeyValue pair)
    {
        string value = pair.Line.Source[pair.ValueStart..pair.ValueEnd];
        if (value.ToLowerInvariant() is "off" or "no" or "0")
            reading.Marks.Add(new(PasteTrouble.ProxyDisabled, pair.ValueStart, value, "on", new PasteEdit(pair.ValueStart, pair.ValueEnd, "on")));
    }
}
