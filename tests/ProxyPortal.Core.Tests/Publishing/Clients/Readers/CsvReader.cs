using System.Text;

namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>RFC 4180, first record as header. Compared once by hand with Python's csv.</summary>
internal static class CsvReader
{
    internal static Dictionary<string, string> Read(string text)
    {
        List<List<string>> records = [[]];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '"')
                throw new FormatException("Every field here is quoted.");
            var field = new StringBuilder();
            for (i++; text[i] != '"' || text[++i] == '"'; i++)
                field.Append(text[i]);
            records[^1].Add(field.ToString());
            if (text[i] == '\r' && text[++i] == '\n')
                records.Add([]);
            else if (text[i] != ',')
                throw new FormatException("Neither a comma nor an end.");
        }
        return records is [List<string> header, List<string> values, []] && header.Count == values.Count
            ? header.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second) : throw new FormatException(text);
    }
}
