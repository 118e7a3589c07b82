namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>As much of TOML 1.0 as a table with one array of basic strings needs. Compared once by hand with Python's tomllib.</summary>
internal static class TomlReader
{
    internal static List<string> Array(string text, string table, string key)
    {
        List<string> lines = [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        if (lines[0] != $"[{table}]" || lines[1] != $"{key} = [" || lines[^1] != "]")
            throw new FormatException(lines[0]);
        return [.. lines[2..^1].Select(line => CodeReader.Literal(line, 0) is var (item, next) && line[next..] == "," ? item : throw new FormatException(line))];
    }
}
