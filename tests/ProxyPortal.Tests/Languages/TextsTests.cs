using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using ProxyPortal.Hosting;
using ProxyPortal.Languages;
using Xunit;

namespace ProxyPortal.Tests.Languages;

/// <summary>German is complete: each text that the code looks up has its entry, and values are neither lost nor invented.</summary>
[Trait("Database", "None")]
public sealed partial class TextsTests
{
    private static readonly Assembly Portal = typeof(PortalApp).Assembly;
    private static readonly string Source = Path.Combine(Repository.Root, "src", "ProxyPortal");

    public static TheoryData<string> Catalogues => [.. Portal.GetTypes().Where(type => type is { IsPublic: true, IsSealed: true } && type.Name.EndsWith("Texts", StringComparison.Ordinal)).Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Catalogues))]
    public void German_KeepsEveryValue(string catalogue)
    {
        Assert.NotEmpty(German(catalogue));
        Assert.All(German(catalogue), entry =>
        {
            Assert.NotEmpty(entry.Value.Trim());
            Assert.Equal(Holes(entry.Key), Holes(entry.Value));
        });
    }

    // Texts are literals in brackets behind a localizer of their folder; a text that is made up at run time would be found by nobody.
    [Fact]
    public void EveryText_HasItsGermanWords()
    {
        HashSet<string> used = [.. SourceFiles().SelectMany(file => Lookup().Matches(File.ReadAllText(file))).Select(match => Regex.Unescape(match.Groups[1].Value))];
        HashSet<string> known = [.. Catalogues.SelectMany(row => German(row.Data).Keys)];
        Assert.All(used, text => Assert.Contains(text, known));
    }

    [Theory]
    [InlineData("de-AT,de;q=0.9", "de-AT", "de")]
    [InlineData("en-US,en;q=0.5", "en-US", "en")]
    [InlineData("fr,de;q=0.4", "de-DE", "de")]
    [InlineData("xx-YY", "en-GB", "en")]
    [InlineData("", "en-GB", "en")]
    [InlineData("de;q=0.1,en-GB;q=0.9", "en-GB", "en")]
    [InlineData("de-<script>", "en-GB", "en")]
    public void Browser_IsAnsweredInItsLanguage(string accepted, string culture, string language)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = accepted;
        CultureInfo chosen = PortalLanguages.Choose(context).Culture;
        Assert.Equal((culture, language), (chosen.Name, chosen.TwoLetterISOLanguageName));
    }

    [Fact]
    public void Choice_WinsOverTheBrowser_AndKeepsItsCountry()
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = "en-US,de-CH;q=0.3";
        context.Request.Headers.Cookie = $"{PortalLanguages.CookieName}=de";
        Assert.Equal("de-CH", PortalLanguages.Choose(context).Culture.Name);
    }

    private static Dictionary<string, string> German(string catalogue)
    {
        var resources = new ResourceManager(catalogue, Portal);
        using ResourceSet set = resources.GetResourceSet(CultureInfo.GetCultureInfo("de"), createIfNotExists: true, tryParents: false) ?? throw new InvalidOperationException($"{catalogue} has no German.");
        return set.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static IEnumerable<string> SourceFiles() => Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories)
        .Where(file => (file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)) && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string[] Holes(string text) => [.. Hole().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex("""\b_?(?:T|words|Words|Errors)\[(?:[^\]"]*\? )?"((?:[^"\\]|\\.)*)"[\],]""")]
    private static partial Regex Lookup();

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Hole();
}
