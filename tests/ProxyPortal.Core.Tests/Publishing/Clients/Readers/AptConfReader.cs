namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>apt.conf after apt-pkg's ReadConfigFile: // starts a comment outside quotes, a value stands in quotes without escapes, a semicolon ends
/// it. Compared once by hand with <c>apt-config -c dump</c>.</summary>
internal static class AptConfReader
{
    internal static Dictionary<string, string> Read(string text)
    {
        Dictionary<string, string> values = [];
        foreach (string line in text.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)))
        {
            string[] parts = line.Split('"');
            values.Add(parts[0].TrimEnd(), parts is [_, string value, ";"] ? value : throw new FormatException(line));
        }
        return values;
    }
}
