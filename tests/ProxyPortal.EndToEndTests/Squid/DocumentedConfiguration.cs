using System.Runtime.CompilerServices;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>The squid.conf of docs/integrations/squid.md: what the page shows is what the tests load.</summary>
internal static class DocumentedConfiguration
{
    public static string Read(Uri verifyUrl, int port)
    {
        string text = Block("squid");
        return text.Replace("http://127.0.0.1:5081", verifyUrl.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("http_port 3128", $"http_port {port}", StringComparison.Ordinal);
    }

    private static string Block(string language)
    {
        string page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "integrations", "squid.md"));
        string opening = $"```{language}\n";
        int start = page.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string RepositoryRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
