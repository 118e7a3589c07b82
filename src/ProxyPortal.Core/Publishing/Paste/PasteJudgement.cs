using System.Buffers;

namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>One look at a text: what is wrong, and the edits that put right what can be.</summary>
internal sealed class PasteJudgement
{
    private const int MaxShown = 200;
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(" \t\"'\\$`&;|<>");

    private readonly string _text;
    private readonly PasteAim _aim;
    private readonly string? _login;
    private readonly List<(int At, PasteTrouble Trouble, string? Found, string? Expected)> _troubles = [];
    private readonly List<PasteEdit> _edits = [];

    private PasteJudgement(string text, PasteFormat format, PasteAim aim, string? login) =>
        (_text, Format, _aim, _login) = (text, format, aim, login);

    internal PasteFormat Format { get; }

    internal IReadOnlyList<PasteEdit> Edits => _edits;

    internal string? Endpoint => _aim.Main?.Name;

    internal IReadOnlyList<PasteFinding> Findings { get; private set; } = [];

    /// <summary>Null where no format can read the text.</summary>
    internal static PasteJudgement? Of(string text, IReadOnlyList<PasteTarget> targets, string? login)
    {
        foreach (PasteFormat format in PasteFormats.All)
        {
            if (format.Read(text) is not PasteReading reading)
                continue;
            var judgement = new PasteJudgement(text, format, PasteAim.Of(reading, format, targets), login);
            judgement.Judge(reading);
            return judgement;
        }
        return null;
    }

    private void Judge(PasteReading reading)
    {
        foreach (PasteMark mark in reading.Marks)
            Report(mark.Trouble, mark.At, mark.Found, mark.Expected, mark.Fixes);
        foreach (PastedProxy proxy in reading.Proxies.Where(proxy => !proxy.IsOpaque))
            JudgeProxy(proxy);
        if (!Format.Has(PasteTraits.WithoutCredentials))
        {
            foreach (PastedLogin login in reading.Logins)
                JudgeLogin(login);
        }
        JudgeTwice(reading);
        if (Format.Has(PasteTraits.Paired))
            JudgePairs(reading);
        int line = 1, counted = 0;
        var findings = new List<PasteFinding>(_troubles.Count);
        foreach ((int at, PasteTrouble trouble, string? found, string? expected) in _troubles.OrderBy(trouble => trouble.At))
        {
            for (; counted < at; counted++)
            {
                if (_text[counted] == '\n' || _text[counted] == '\r' && (counted + 1 >= _text.Length || _text[counted + 1] != '\n'))
                    line++;
            }
            findings.Add(new(trouble, line, Shown(found), Shown(expected)));
        }
        Findings = findings;
    }

    private void JudgeProxy(PastedProxy proxy)
    {
        ProxyAddress? aim = _aim.For(proxy)?.Address;
        JudgeScheme(proxy, aim);
        if (Format.Has(PasteTraits.WithoutCredentials) && proxy.UserInfo is Piece info)
            Report(PasteTrouble.CredentialsIgnored, info.At, null, null, info.Replace(""));
        JudgeHost(proxy, aim);
        if (!Format.Has(PasteTraits.HostOnly))
            JudgePort(proxy, aim);
    }

    private void JudgeScheme(PastedProxy proxy, ProxyAddress? aim)
    {
        bool isSpoken = aim is null || aim.Transport is ProxyTransport.Http || !Format.Has(PasteTraits.OnlyHttp);
        if (!isSpoken)
            Report(PasteTrouble.TransportNotSpoken, proxy.Value.Start, null, null, []);
        string? expected = aim is null ? null : ProxyScheme.Of(aim.Transport, !Format.Has(PasteTraits.Socks5Only));
        if (proxy.Scheme is not Piece scheme)
        {
            bool isGuessed = Format.Has(PasteTraits.WithoutScheme)
                || Format.Has(PasteTraits.SchemeOptional) && aim is null or { Transport: ProxyTransport.Http };
            if (isSpoken && !isGuessed)
                Report(PasteTrouble.MissingTransport, proxy.Value.Start, null, expected,
                    expected is null ? [] : [PasteEdit.Insert(proxy.Value.StartOf(0), $"{expected}://")]);
            return;
        }
        string found = ProxyUrl.SchemeName(scheme.Text);
        if (Format.Has(PasteTraits.WithoutScheme))
            Report(PasteTrouble.TransportNotTaken, scheme.At, found, null, scheme.Replace(""));
        else if (isSpoken && (!IsRight(found, aim) || scheme.Text.Length != found.Length + "://".Length))
            Report(PasteTrouble.WrongTransport, scheme.At, found, expected ?? (ProxyScheme.IsKnown(found) ? found : null),
                expected is null && !ProxyScheme.IsKnown(found) ? [] : scheme.Replace($"{expected ?? found}://"));
    }

    private static bool IsRight(string scheme, ProxyAddress? aim) =>
        aim is null ? ProxyScheme.IsKnown(scheme) : ProxyScheme.Says(scheme, aim.Transport);

    private void JudgeHost(PastedProxy proxy, ProxyAddress? aim)
    {
        string? host = proxy.Canonical;
        if (aim is null ? host is not null : host == aim.Host)
            return;
        string? expected = aim is null ? null : proxy.IsBracketed && aim.Host.Contains(':', StringComparison.Ordinal) ? $"[{aim.Host}]" : aim.Host;
        Report(PasteTrouble.WrongHost, proxy.Host.At, proxy.Host.Text, expected, expected is null ? [] : proxy.Host.Replace(expected));
    }

    private void JudgePort(PastedProxy proxy, ProxyAddress? aim)
    {
        string? expected = aim is null ? null : FormattableString.Invariant($"{aim.Port}");
        if (proxy.Port is not Piece port)
        {
            // Where host and port are kept apart, a client's own default is not that of the scheme.
            if (!proxy.IsBracketed || aim?.Port != UsualPort(aim))
                Report(PasteTrouble.MissingPort, proxy.Host.At, null, expected, expected is null || proxy.NewPort is not PasteEdit added
                    ? [] : [added with { Text = added.Text.Replace("{0}", expected, StringComparison.Ordinal) }]);
        }
        else if (aim is null ? !ProxyAddress.ParsePort(port.Text).Succeeded : port.Text != expected)
        {
            Report(PasteTrouble.WrongPort, port.At, port.Text, expected, expected is null ? [] : port.Replace(expected));
        }
    }

    private int UsualPort(ProxyAddress? aim) => aim?.Transport switch
    {
        ProxyTransport.Http when !Format.Has(PasteTraits.Port1080) => 80,
        ProxyTransport.Https when !Format.Has(PasteTraits.Port1080) => 443,
        _ => 1080,
    };

    private void JudgeLogin(PastedLogin pasted)
    {
        string login = pasted.Login.Text;
        string plain = pasted.Form is LoginForm.Plain ? login : Uri.UnescapeDataString(login);
        if (_login is not null && plain != _login)
        {
            string written = pasted.Form is LoginForm.Plain ? _login : Uri.EscapeDataString(_login);
            // A mask without a colon before it is a secret whose login was left out.
            bool isSecret = pasted.Form is not LoginForm.Plain && pasted.Secret is null && plain.Contains(PasteMask.Text, StringComparison.Ordinal);
            Report(PasteTrouble.WrongLogin, pasted.Login.At, isSecret ? null : plain, _login,
                isSecret ? [PasteEdit.Insert(pasted.Login.At, $"{written}:")] : pasted.Login.Replace(written));
        }
        else if (pasted.Form is LoginForm.Url && !PasteMask.IsEncoded(login))
        {
            string written = PasteMask.Encode(login);
            Report(PasteTrouble.LoginNotEncoded, pasted.Login.At, login, written, pasted.Login.Replace(written));
        }
        if (pasted.Form is LoginForm.Url && pasted.Secret is Piece secret && !PasteMask.IsEncoded(secret.Text))
            Report(PasteTrouble.SecretNotEncoded, secret.At, null, null, secret.Replace(PasteMask.Encode(secret.Text)));
    }

    private void JudgeTwice(PasteReading reading)
    {
        var first = new Dictionary<(int, string), PastedProxy>();
        foreach (PastedProxy proxy in reading.Proxies.Where(proxy => !proxy.IsOpaque))
        {
            (int, string) key = (proxy.Scope, proxy.Name.ToLowerInvariant());
            if (first.TryAdd(key, proxy))
                continue;
            string kept = Compared(first[key].Value.Text);
            if (Compared(proxy.Value.Text) != kept)
                Report(PasteTrouble.SetTwice, proxy.Value.StartOf(0), Address(proxy), Address(first[key]),
                    kept.AsSpan().IndexOfAny(NeedsQuotes) >= 0 ? [] : proxy.Value.Replace(0, proxy.Value.Text.Length, kept));
        }
    }

    // A slash at the end and the spelling of the mask make no difference.
    private static string Compared(string value) =>
        value.TrimEnd('/').Replace("%E2%80%A2", $"{PasteMask.Character}", StringComparison.OrdinalIgnoreCase);

    private static string Address(PastedProxy proxy) => $"{proxy.Host.Text}{(proxy.Port is Piece port ? $":{port.Text}" : "")}";

    private void JudgePairs(PasteReading reading)
    {
        HashSet<int> complete = [.. reading.Proxies.Where(proxy => proxy.Slot is not PasteSlot.Http).Select(proxy => proxy.Scope)];
        foreach (PastedProxy proxy in reading.Proxies.Where(proxy => proxy.Slot is PasteSlot.Http && complete.Add(proxy.Scope)))
            Report(PasteTrouble.OnlyOneOfTwo, proxy.Value.Start, proxy.Name, proxy.TwinName, proxy.Twin is PasteEdit twin ? [twin] : []);
    }

    private void Report(PasteTrouble trouble, int at, string? found, string? expected, IReadOnlyList<PasteEdit> edits)
    {
        _troubles.Add((at, trouble, found, expected));
        _edits.AddRange(edits);
    }

    private static string? Shown(string? text) => text?.Length > MaxShown ? text[..MaxShown] : text;
}
