namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>A text taken apart by one format.</summary>
internal sealed class PasteReading
{
    internal List<PastedProxy> Proxies { get; } = [];

    internal List<PastedLogin> Logins { get; } = [];

    internal List<PasteMark> Marks { get; } = [];

    /// <summary>This reading, or null if there is no proxy in it.</summary>
    internal PasteReading? OrNull() => Proxies.Exists(proxy => !proxy.IsOpaque) ? this : null;

    /// <summary>Adds a URL, or <c>host:port</c>, and the login in it. <paramref name="known"/> carries what is known beside the value.</summary>
    internal void AddUrl(PastedProxy known)
    {
        if (known.Value.Text.Length == 0)
            return;
        PastedProxy proxy = ProxyUrl.Split(known);
        Proxies.Add(proxy.IsOpaque ? proxy : proxy.Recognised());
        if (proxy.UserInfo is Piece info)
            Logins.Add(PastedLogin.Of(info with { To = info.To - 1 }, LoginForm.Url));
    }

    /// <summary>Adds the host of a format that keeps host and port apart.</summary>
    internal void AddHost(PastedProxy known, Literal? port)
    {
        if (known.Value.Text.Length == 0)
            return;
        PastedProxy split = ProxyUrl.Split(known);
        if (split.IsOpaque)
        {
            Proxies.Add(split);
            return;
        }
        int from = split.Host.From;
        int to = known.Value.Text.TrimEnd('/').Length;
        PastedProxy proxy = split with
        {
            Host = new(known.Value, from, Math.Max(from, to)),
            Port = port is null ? null : Piece.All(port),
            NewPort = known.NewPort,
            IsBracketed = false,
        };
        Proxies.Add(proxy.Recognised());
    }

    /// <summary>A list of hosts that go past the proxy. A lone asterisk in it is all of them.</summary>
    internal void AddBypass(Literal list)
    {
        int from = 0;
        for (int i = 0; i <= list.Text.Length; i++)
        {
            if (i < list.Text.Length && list.Text[i] is not (',' or ';' or '|' or ' '))
                continue;
            if (i - from == 1 && list.Text[from] == '*')
                Marks.Add(new(PasteTrouble.NoProxyCoversAll, list.StartOf(from), "*", "localhost", list.Replace(from, i, "localhost")));
            from = i + 1;
        }
    }

    /// <summary>Quotes around a value that its client keeps; gives what is inside.</summary>
    internal Literal Unquoted(string source, int start, int end)
    {
        if (end - start < 2 || source[start] is not ('"' or '\'') || source[end - 1] != source[start])
            return Literal.Plain(source, start, end);
        string quote = source[start].ToString();
        Marks.Add(new(PasteTrouble.QuotesKept, start, quote, null, new PasteEdit(start, start + 1, ""), new PasteEdit(end - 1, end, "")));
        return Literal.Plain(source, start + 1, end - 1);
    }
}
