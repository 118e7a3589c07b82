namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>pip.conf: <c>proxy</c> below <c>[global]</c> or a command's name. Its reader keeps quotes.</summary>
internal static class PipFormat
{
    private static readonly string[] Sections = ["[global]", "[install]", "[download]", "[wheel]", "[index]", "[list]", "[search]"];

    internal static PasteReading? Read(string text)
    {
        var reading = new PasteReading();
        string? section = null;
        foreach (SourceLine line in SourceLine.All(text))
        {
            if (line.Text[0] == '[')
                section = Array.IndexOf(Sections, line.Text.ToString()) is var at and >= 0 ? Sections[at] : null;
            else if (section is not null && KeyValue.Of(line, "=:") is KeyValue { Name: "proxy" } pair)
                reading.AddUrl(new() { Name = $"{section} proxy", Value = reading.Unquoted(text, pair.ValueStart, pair.ValueEnd) });
        }
        return reading.OrNull();
    }
}
