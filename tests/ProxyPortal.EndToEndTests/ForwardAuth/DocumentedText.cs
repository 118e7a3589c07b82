using System.Runtime.CompilerServices;

namespace ProxyPortal.EndToEndTests.ForwardAuth;

/// <summary>A configuration as docs/integrations shows it: what the page says is what the tests load. Only what belongs to the machine is
/// exchanged, and all of it must be there.</summary>
internal static class DocumentedText
{
    /// <param name="page">File below docs/integrations.</param>
    /// <param name="block">The word behind the fence of the block; null for the whole file.</param>
    /// <param name="exchanged">Text of the page, and what stands in its place here.</param>
    public static string Read(string page, string? block, params (string Shown, string Here)[] exchanged)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "integrations", page));
        if (block is not null)
        {
            string fence = $"```{block}\n";
            int start = text.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
            text = text[start..(text.IndexOf("```", start, StringComparison.Ordinal))];
        }
        foreach ((string shown, string here) in exchanged)
        {
            if (!text.Contains(shown, StringComparison.Ordinal))
                throw new InvalidOperationException($"{page} no longer shows {shown}");
            text = text.Replace(shown, here, StringComparison.Ordinal);
        }
        return text;
    }

    private static string RepositoryRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
