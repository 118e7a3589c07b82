namespace ProxyPortal.Core.Publishing.Clients.Quoting;

/// <summary>A record of CSV (RFC 4180): every field in quotes, a quote doubled, CR LF at the end.</summary>
internal static class CsvField
{
    internal static string Record(params IEnumerable<string> fields) =>
        string.Join(',', fields.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n";
}
