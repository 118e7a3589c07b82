namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>The Internet Settings of a .reg file. <c>ProxyServer</c> is one address, or one for each protocol: <c>http=a:1;https=b:2</c>.</summary>
internal static class RegistryFormat
{
    internal static PasteReading? Read(string text)
    {
        var reading = new PasteReading();
        bool isRecognised = false, hasScript = false;
        KeyValue? switchedOff = null;
        foreach (SourceLine line in SourceLine.All(text))
        {
            if (line.Text[0] != '"' || KeyValue.Of(line) is not KeyValue pair || pair.ValueStart >= pair.ValueEnd)
                continue;
            Literal? value = text[pair.ValueStart] == '"' ? Words.Quoted(text, pair.ValueStart, pair.ValueEnd).Value : null;
            string name = pair.Name.Trim('"').ToLowerInvariant();
            isRecognised |= name is "proxyserver" or "proxyenable" or "autoconfigurl";
            hasScript |= name == "autoconfigurl";
            if (name == "proxyserver" && value is not null)
                AddServers(reading, value);
            else if (name == "proxyoverride" && value is not null)
                reading.AddBypass(value);
            else if (name == "proxyenable" && IsZero(text[pair.ValueStart..pair.ValueEnd]))
                switchedOff ??= pair;
        }
        // With a script the switch is for the address, and rightly off.
        if (switchedOff is KeyValue off && !hasScript)
            reading.Marks.Add(new(PasteTrouble.ProxyDisabled, off.ValueStart, text[off.ValueStart..off.ValueEnd], "dword:00000001",
                new PasteEdit(off.ValueStart, off.ValueEnd, "dword:00000001")));
        return isRecognised ? reading : null;
    }

    private static bool IsZero(string value) =>
        value.StartsWith("dword:", StringComparison.OrdinalIgnoreCase) && value.AsSpan("dword:".Length).Trim('0').IsEmpty;

    private static void AddServers(PasteReading reading, Literal value)
    {
        int from = 0;
        for (int i = 0; i <= value.Text.Length; i++)
        {
            if (i < value.Text.Length && value.Text[i] is not (';' or ' '))
                continue;
            int equals = value.Text.IndexOf('=', from, i - from);
            string protocol = equals < 0 ? "" : value.Text[from..equals];
            // Other protocols may well have proxies of their own.
            if (protocol.ToLowerInvariant() is "" or "http" or "https")
                reading.AddUrl(new() { Name = $"ProxyServer {protocol}", Value = value.Slice(equals < 0 ? from : equals + 1, i) });
            from = i + 1;
        }
    }
}
