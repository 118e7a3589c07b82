namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>The variables that most programs read, wherever they are set.</summary>
internal static class ProxyVariables
{
    private static readonly string[] Names = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"];

    /// <summary>Whether a program reads this name. Windows takes any case; elsewhere it is all small or all capitals.</summary>
    internal static bool IsName(string name, bool isWindows) => Names.Contains(name, StringComparer.OrdinalIgnoreCase)
        && (isWindows || !name.Any(char.IsAsciiLetterUpper) || !name.Any(char.IsAsciiLetterLower));

    internal static PasteSlot Slot(string name) => name.ToLowerInvariant() switch
    {
        "http_proxy" => PasteSlot.Http,
        "https_proxy" => PasteSlot.Https,
        _ => PasteSlot.Any,
    };

    internal static void Add(PasteReading reading, string name, Literal value, Func<string, PasteEdit> twin)
    {
        if (name.Equals("no_proxy", StringComparison.OrdinalIgnoreCase))
        {
            reading.AddBypass(value);
            return;
        }
        var proxy = new PastedProxy { Name = name, Slot = Slot(name), Value = value };
        reading.AddUrl(proxy with { Twin = proxy.Slot is PasteSlot.Http ? twin(proxy.TwinName) : null });
    }

    /// <summary>curl reads HTTP_PROXY nowhere but on Windows: a CGI program would take a request's header <c>Proxy</c> for it.</summary>
    internal static void MarkCapitals(PasteReading reading, IReadOnlyList<(string Name, int At)> set)
    {
        if (set.Any(variable => variable.Name == "http_proxy"))
            return;
        PasteEdit[] fixes = [.. set.Where(variable => variable.Name == "HTTP_PROXY")
            .Select(variable => new PasteEdit(variable.At, variable.At + variable.Name.Length, "http_proxy"))];
        if (fixes.Length > 0)
            reading.Marks.Add(new(PasteTrouble.UpperCaseHttpProxyIgnored, fixes[0].Start, "HTTP_PROXY", "http_proxy", fixes));
    }
}
