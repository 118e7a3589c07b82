using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>Java's system properties: in a file, in gradle.properties (<c>systemProp.</c>), or as <c>-D</c> on a command line.</summary>
internal static class JavaFormat
{
    // Since Java 8u111 Basic is not sent to open a tunnel unless this list is emptied.
    private const string TunnelFlag = "jdk.http.auth.tunneling.disabledSchemes";
    private const string GradlePrefix = "systemProp.";
    private const string OptionPrefix = "-D";
    private static readonly string[] Protocols = ["http", "https"];

    private sealed record Property(string Prefix, string Name, Literal Value, int Start, int End, string Separator, string Suffix = "");

    internal static PasteReading? ReadGradle(string text) => Read(Properties(text, GradlePrefix));

    internal static PasteReading? ReadJava(string text) => Read(Options(text) is { Count: > 0 } options ? options : Properties(text, ""));

    private static PasteReading? Read(List<Property> properties)
    {
        var reading = new PasteReading();
        foreach (string protocol in Protocols)
            ReadHosts(reading, properties, protocol);
        foreach (Property property in properties.Where(property => property.Name is "http.proxyUser" or "https.proxyUser"))
            reading.Logins.Add(new(Piece.All(property.Value), null, LoginForm.Plain));
        foreach (Property property in properties.Where(property => property.Name is "http.nonProxyHosts"))
            reading.AddBypass(property.Value);
        MarkTunnels(reading, properties);
        return reading.OrNull();
    }

    private static void ReadHosts(PasteReading reading, List<Property> properties, string protocol)
    {
        Literal? port = properties.Find(property => property.Name == $"{protocol}.proxyPort")?.Value;
        foreach (Property host in properties.Where(property => property.Name == $"{protocol}.proxyHost"))
        {
            reading.AddHost(new()
            {
                Name = host.Name,
                Slot = protocol == "http" ? PasteSlot.Http : PasteSlot.Https,
                Value = host.Value,
                NewPort = PasteEdit.Insert(host.End, $"{host.Separator}{host.Prefix}{protocol}.proxyPort={{0}}{host.Suffix}"),
                Twin = Twin(properties, host),
            }, port?.Text.Length > 0 ? port : null);
        }
    }

    private static PasteEdit Twin(List<Property> properties, Property host)
    {
        Property last = properties.Find(property => property.Name == "http.proxyPort") is Property port && port.Start > host.Start ? port : host;
        string source = host.Value.Text;
        string copy = $"{host.Separator}{host.Prefix}https.proxyHost={PropertiesEscape.Of(source)}{host.Suffix}";
        string portCopy = last == host ? "" : $"{host.Separator}{host.Prefix}https.proxyPort={PropertiesEscape.Of(last.Value.Text)}{host.Suffix}";
        return PasteEdit.Insert(last.End, copy + portCopy);
    }

    private static void MarkTunnels(PasteReading reading, List<Property> properties)
    {
        if (properties.Find(property => property.Name.EndsWith(".proxyUser", StringComparison.Ordinal)) is not Property login)
            return;
        Property? flag = properties.Find(property => property.Name == TunnelFlag);
        string expected = $"{login.Prefix}{TunnelFlag}={login.Suffix}";
        if (flag is null)
            reading.Marks.Add(new(PasteTrouble.CredentialsIgnored, login.Start, null, expected,
                PasteEdit.Insert(properties[^1].End, $"{login.Separator}{expected}")));
        else if (flag.Value.Text.Contains("Basic", StringComparison.OrdinalIgnoreCase))
            reading.Marks.Add(new(PasteTrouble.CredentialsIgnored, flag.Start, flag.Value.Text, expected, Piece.All(flag.Value).Replace("")));
    }

    private static List<Property> Properties(string text, string prefix)
    {
        var properties = new List<Property>();
        foreach (SourceLine line in SourceLine.All(text))
        {
            if (!line.Text.StartsWith(prefix) || KeyValue.Of(line, "=:") is not KeyValue pair)
                continue;
            var value = new Literal(pair.ValueStart, PropertiesEscape.Of);
            for (int i = pair.ValueStart; i < pair.ValueEnd; i++)
            {
                char? unicode = text[i] == '\\' ? Words.Unicode(text, i, pair.ValueEnd) : null;
                int length = unicode is not null ? 6 : text[i] == '\\' && i + 1 < pair.ValueEnd ? 2 : 1;
                value.Add(unicode ?? text[i + (length == 2 ? 1 : 0)], i, i + length);
                i += length - 1;
            }
            if (pair.Name.Length > prefix.Length)
                properties.Add(new(prefix, pair.Name[prefix.Length..], value, line.Start, line.End, SourceLine.Break(text) + line.Indent()));
        }
        return properties;
    }

    private static List<Property> Options(string text)
    {
        var properties = new List<Property>();
        foreach (SourceLine line in SourceLine.All(text))
        {
            for (int i = line.Start; i < line.End;)
            {
                int next = text.AsSpan(i, line.End - i).IndexOf(OptionPrefix);
                if (next < 0)
                    break;
                int start = i + next;
                int end = OptionEnd(text, start, line.End);
                int equals = text.IndexOf('=', start, end - start);
                i = Math.Max(end, start + OptionPrefix.Length);
                if (equals > start + OptionPrefix.Length)
                    properties.Add(Option(text, line, start, equals, end));
            }
        }
        return properties.Exists(property => property.Name is "http.proxyHost" or "https.proxyHost") ? properties : [];
    }

    // PowerShell wants quotes around each option, and what is added wants them too.
    private static Property Option(string text, SourceLine line, int start, int equals, int end)
    {
        string name = text[(start + OptionPrefix.Length)..equals];
        Literal value = Value(text, equals + 1, end);
        bool isQuoted = start > line.Start && end < line.End && text[end] is '"' or '\'' && text[start - 1] == text[end]
            && (start - 1 == line.Start || char.IsWhiteSpace(text[start - 2]));
        return isQuoted
            ? new($"{text[end]}{OptionPrefix}", name, value, start, end + 1, " ", text[end].ToString())
            : new(OptionPrefix, name, value, start, end, " ");
    }

    // Options often stand in quotes that are not theirs: MAVEN_OPTS="-D… -D…".
    private static int OptionEnd(string text, int start, int end)
    {
        int length = text.AsSpan(start, end - start).IndexOfAny(" \t\"'");
        int equals = text.AsSpan(start, end - start).IndexOf('=');
        if (length > 0 && length == equals + 1 && text[start + length] is '"' or '\'')
            return Words.Quoted(text, start + length, end).End;
        return length < 0 ? end : start + length;
    }

    private static Literal Value(string text, int start, int end) =>
        start < end && text[start] is '"' or '\'' ? Words.Quoted(text, start, end).Value : Literal.Plain(text, start, end);
}
