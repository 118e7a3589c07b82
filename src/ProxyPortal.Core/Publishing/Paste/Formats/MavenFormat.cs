using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>The <c>proxy</c> elements of settings.xml outside comments: the file that comes with Maven shows one inside.</summary>
internal static class MavenFormat
{
    private const string Open = "<proxy>", Close = "</proxy>", Comment = "<!--", CommentEnd = "-->";

    internal static PasteReading? Read(string text)
    {
        var reading = new PasteReading();
        for (int i = 0; i < text.Length;)
        {
            int next = text.AsSpan(i).IndexOf('<');
            if (next < 0)
                break;
            i += next;
            ReadOnlySpan<char> rest = text.AsSpan(i);
            if (rest.StartsWith(Comment))
                i = EndAfter(text, i, CommentEnd);
            else if (!rest.StartsWith(Open))
                i++;
            else
                i = ReadProxy(reading, text, i, EndAfter(text, i, Close));
        }
        return reading.OrNull();
    }

    private static int EndAfter(string text, int start, string mark) =>
        text.IndexOf(mark, start, StringComparison.Ordinal) is var at and >= 0 ? at + mark.Length : text.Length;

    private static int ReadProxy(PasteReading reading, string text, int start, int end)
    {
        if (Element(text, start, end, "host") is not Literal host)
            return end;
        PasteEdit port = PasteEdit.Insert(EndAfter(text, host.End, "</host>"), "<port>{0}</port>");
        reading.AddHost(new() { Name = "proxy", Scope = start, Value = host, NewPort = port }, Element(text, start, end, "port"));
        if (Element(text, start, end, "username") is Literal login)
            reading.Logins.Add(new(Piece.All(login), null, LoginForm.Plain));
        if (Element(text, start, end, "nonProxyHosts") is Literal bypass)
            reading.AddBypass(bypass);
        if (Element(text, start, end, "active") is Literal { Text: "false" } active)
            reading.Marks.Add(new(PasteTrouble.ProxyDisabled, active.Start, "false", "true", active.Replace(0, active.Text.Length, "true")));
        return end;
    }

    private static Literal? Element(string text, int start, int end, string name)
    {
        int from = text.IndexOf($"<{name}>", start, end - start, StringComparison.Ordinal);
        int to = from < 0 ? -1 : text.IndexOf($"</{name}>", from, end - from, StringComparison.Ordinal);
        if (to < 0)
            return null;
        for (from += name.Length + 2; from < to && char.IsWhiteSpace(text[from]);)
            from++;
        while (to > from && char.IsWhiteSpace(text[to - 1]))
            to--;
        return from < to ? Unescaped(text, from, to) : null;
    }

    private static Literal Unescaped(string text, int start, int end)
    {
        var value = new Literal(start, XmlText.Of);
        for (int i = start; i < end; i++)
        {
            (char c, int length) = text.AsSpan(i, end - i) switch
            {
                ['&', 'a', 'm', 'p', ';', ..] => ('&', 5),
                ['&', 'l', 't', ';', ..] => ('<', 4),
                ['&', 'g', 't', ';', ..] => ('>', 4),
                ['&', 'q', 'u', 'o', 't', ';', ..] => ('"', 6),
                ['&', 'a', 'p', 'o', 's', ';', ..] => ('\'', 6),
                _ => (text[i], 1),
            };
            value.Add(c, i, i + length);
            i += length - 1;
        }
        return value;
    }
}
