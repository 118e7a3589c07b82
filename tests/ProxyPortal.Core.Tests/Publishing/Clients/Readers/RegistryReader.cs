using System.Globalization;

namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>A .reg file as regedit documents it: the version line, keys in brackets, names in quotes, strings with <c>\\</c> and <c>\"</c>, dwords.</summary>
internal static class RegistryReader
{
    /// <summary>Names of values with the last part of their keys, as text; a dword as a decimal number.</summary>
    internal static Dictionary<string, string> Read(string text)
    {
        string[] lines = text.Split("\r\n");
        if (lines[0] != "Windows Registry Editor Version 5.00" || text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal))
            throw new FormatException(lines[0]);
        Dictionary<string, string> values = [];
        foreach (string line in lines.Skip(1).Where(line => line.Length > 0 && line[0] != '['))
        {
            (string name, int next) = CodeReader.Literal(line, 0);
            string value = line[next] == '=' ? line[(next + 1)..] : throw new FormatException(line);
            values.Add(name, value.StartsWith("dword:", StringComparison.Ordinal)
                ? $"{uint.Parse(value[6..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)}" : CodeReader.Literal(value, 0).Literal);
        }
        return values;
    }
}
