namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>.curlrc after curl's tool_parsecfg.c: a # starts a comment line, the option ends at a blank, = or :, a value in quotes knows
/// <c>\\ \" \t \n \r \v</c>. Compared once by hand with curl 7.88 against a listener.</summary>
internal static class CurlConfigReader
{
    internal static Dictionary<string, string?> Read(string text)
    {
        Dictionary<string, string?> options = [];
        foreach (string line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            int end = line.IndexOfAny([' ', '\t', '=', ':']);
            string name = end < 0 ? line : line[..end];
            string rest = end < 0 ? "" : line[end..].TrimStart(' ', '\t', '=', ':');
            if (rest.StartsWith('"'))
            {
                (string value, int next) = CodeReader.Literal(rest, 0);
                options.Add(name, next == rest.Length ? value : throw new FormatException(line));
            }
            else
                options.Add(name, rest.Length == 0 ? null : rest.Split(' ', '\t')[0]);
        }
        return options;
    }
}
