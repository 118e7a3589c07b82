namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>A URL, or host and port, and nothing else; quotes around it are what it was copied with.</summary>
internal static class UrlFormat
{
    internal static PasteReading? Read(string text)
    {
        if (SourceLine.All(text) is not [SourceLine line])
            return null;
        int start = line.Start, end = line.End;
        if (end - start > 2 && text[start] is '"' or '\'' && text[end - 1] == text[start])
            (start, end) = (start + 1, end - 1);
        if (text.AsSpan(start, end - start).IndexOfAny(" \t") >= 0)
            return null;
        var reading = new PasteReading();
        reading.AddUrl(new() { Name = "url", Value = Literal.Plain(text, start, end) });
        return reading.Proxies is [PastedProxy { IsOpaque: false } proxy] && IsAddress(proxy) ? reading : null;
    }

    private static bool IsAddress(PastedProxy proxy) => proxy.Scheme is Piece scheme
        ? ProxyScheme.IsKnown(ProxyUrl.SchemeName(scheme.Text))
        : proxy.Port is Piece port && ProxyAddress.ParsePort(port.Text).Succeeded && ProxyAddress.ParseHost(proxy.Host.Text).Succeeded;
}
