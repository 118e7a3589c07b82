using System.Text.RegularExpressions;
using ProxyPortal.Hosting;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

/// <summary>The documentation says all there is, and leads nowhere into the void.</summary>
public sealed partial class DocumentationTests
{
    private static IEnumerable<string> Pages => Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void Configuration_HasEveryKey()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));
        // A row may name several keys of one section: the later ones by their last part.
        string[] missing =
        [
            .. ConfigurationKeys.All.Select(key => key.Name.Replace(":*", "", StringComparison.Ordinal)).Where(name => !text.Contains($"`{name}", StringComparison.Ordinal) && !text.Contains($"`{name[(name.LastIndexOf(':') + 1)..]}`", StringComparison.Ordinal)),
        ];
        Assert.Empty(missing);
    }

    [Fact]
    public void Links_LeadToFilesAndHeadingsThatExist()
    {
        List<string> broken = [];
        foreach (string page in Pages)
        {
            foreach (Match link in Link().Matches(Code().Replace(File.ReadAllText(page), "")))
            {
                string[] parts = link.Groups[1].Value.Split('#');
                string file = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
                if (!(File.Exists(file) || Directory.Exists(file)) || (parts.Length > 1 && !Headings(file).Contains(parts[1])))
                    broken.Add($"{Path.GetRelativePath(Repository.Root, page)}: {link.Groups[1].Value}");
            }
        }
        Assert.Empty(broken);
    }

    [Fact]
    public void Readme_LeadsToEveryPage()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string[] missing =
        [
            .. Pages.Select(page => Path.GetRelativePath(Repository.Root, page))
                .Where(page => page != "README.md" && !page.StartsWith("docs/decisions", StringComparison.Ordinal) && !readme.Contains($"({page}", StringComparison.Ordinal)),
        ];
        Assert.Empty(missing);
    }

    private static HashSet<string> Headings(string file) =>
        [.. Heading().Matches(File.ReadAllText(file)).Select(match => NotInAnchors().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\((?!https?:|mailto:|/)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchors();
}
