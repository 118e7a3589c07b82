using System.Diagnostics;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using ProxyPortal.Core;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Publishing;
using ProxyPortal.Publishing.Guides;
using ProxyPortal.Settings;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Guides;

/// <summary>What becomes of a text on its way to the reader, whatever somebody wrote.</summary>
[Trait("Database", "None")]
public sealed class GuideMarkdownTests
{
    private const string Page = "/guides/x";
    private const string NotForYou = "(not for you: ask)";
    private static readonly string[] Nasty =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<iframe src=//evil.example></iframe>", "<style>*{display:none}</style>", "<div style=\"x\">",
        "[x](javascript:alert(1))", "[x](data:text/html,x)", "[x](//evil.example)", "![x](http://evil.example/x.png)", "<javascript:alert(1)>", "[x](\"onmouseover=alert(1) x)", "[x]: javascript:alert(1)\n[x]",
        "**", "_", "`", "~~", "# ", "> ", "1. ", "- ", "| a | b |\n|---|---|\n", "```\n", "\n\n", "{{portal}}", "{{contact}}", "{{", "}}", "&lt;script&gt;", "&#x3c;b>", "\"", "'", "<!--", "-->", "<![CDATA[", "\0", "\uD800", "\u202E", "www.example.org", "https://example.org/?a=b&c",
        "[x](mailto:a@example.test)", "[x](#y)", "# y", "<a href=\"https://x\" onclick=\"y\">z</a>", "\\", "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    ];

    [Theory]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>")]
    [InlineData("a <svg onload=alert(1)> b", "<p>a &lt;svg onload=alert(1)&gt; b</p>")]
    [InlineData("<iframe src=\"//evil.example\"></iframe>", "<p>&lt;iframe src=\"//evil.example\"&gt;&lt;/iframe&gt;</p>")]
    [InlineData("<style>*{}</style>", "<p>&lt;style&gt;*{}&lt;/style&gt;</p>")]
    [InlineData("[x](javascript:alert(1))", "<p><a>x</a></p>")]
    [InlineData("[x](JaVaScRiPt:alert(1))", "<p><a>x</a></p>")]
    [InlineData("[x](data:text/html,y)", "<p><a>x</a></p>")]
    [InlineData("[x](//evil.example/)", "<p><a>x</a></p>")]
    [InlineData("[x](/\\evil.example/)", "<p><a>x</a></p>")]
    [InlineData("[x](file:///etc/passwd)", "<p><a>x</a></p>")]
    [InlineData("[x](/connect)", "<p><a href=\"/connect\">x</a></p>")]
    [InlineData("[x](#there)", "<p><a href=\"/guides/x#guide-there\">x</a></p>")]
    [InlineData("[x](https://www.example.org/?a=1&b=2)", "<p><a href=\"https://www.example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer\">x</a></p>")]
    [InlineData("[x](mailto:a@example.test)", "<p><a href=\"mailto:a@example.test\" rel=\"noopener noreferrer\">x</a></p>")]
    [InlineData("![a key](https://www.example.org/key.png)", "<p><a href=\"https://www.example.org/key.png\" rel=\"noopener noreferrer\">a key</a></p>")]
    public void Render_WhatMayDoHarm_IsTextOrGone(string text, string html) => Assert.Equal(html, Html(text));

    [Fact]
    public void Render_OrdinaryMarkdown_IsWhatItLooksLike()
    {
        string html = Html("### One\n\n1. **a** *b* ~~c~~ `d`\n2. e\n\n#### Two\n\n| h |\n|---|\n| i |\n\n> j\n\n```sh\nk\n```\n");
        Assert.Equal(
            "<h2 id=\"guide-one\">One</h2><ol><li><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></li><li>e</li></ol><h3 id=\"guide-two\">Two</h3>"
            + "<table><thead><tr><th>h</th></tr></thead><tbody><tr><td>i</td></tr></tbody></table><blockquote><p>j</p></blockquote><pre><code>k\n</code></pre>",
            html.Replace(">\n", ">", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Output_HoldsNothingButTheAllowList() =>
        Gen.Int[0, Nasty.Length - 1].Select(index => Nasty[index]).Array[1, 12].Sample(parts => Assert.All(Elements(Html(string.Concat(parts), contact: parts[0])), IsAllowed), iter: 1000);

    // Whatever stands in the value, in text, in code, in a link or in a table: readers read it, and it does nothing.
    [Fact]
    public void Values_AreTextWhereverTheyStand() => Gen.Int[0, Nasty.Length - 1].Select(index => Nasty[index]).Array[1, 4].Select(string.Concat<string>).Sample(value =>
    {
        string html = Html("a {{endpoint.hq.contact}} b\n\n`{{endpoint.hq.contact}}`\n\n    {{endpoint.hq.contact}}\n\n[x]({{endpoint.hq.contact}} \"{{endpoint.hq.contact}}\")\n", contact: value);
        IReadOnlyList<IElement> elements = [.. Elements(html)];
        Assert.All(elements, IsAllowed);
        Assert.Equal(["p", "p", "code", "pre", "code", "p", "a"], elements.Select(element => element.LocalName));
    }, iter: 300);

    [Fact]
    public void Values_InALinkTarget_LeadOnlyWhereLinksMayLead()
    {
        Assert.Equal("<p><a>x</a></p>", Html("[x]({{endpoint.hq.contact}})", contact: "javascript:alert(1)"));
        Assert.Equal("<p><a href=\"http://proxy.example.test:3128/\" rel=\"noopener noreferrer\">x</a></p>", Html("[x](http://{{endpoint.hq.address}}/)"));
        Assert.Contains("href=\"https://portal.example.test/connect\"", Html("see {{connect}}: [x]({{connect}})"), StringComparison.Ordinal);
        Assert.Equal("<p><a href=\"http://proxy.example.test:3128/x\" rel=\"noopener noreferrer\">http://proxy.example.test:3128/x</a></p>", Html("<http://{{endpoint.hq.address}}/x>"));
    }

    [Fact]
    public void Values_NamesWithUnderscoresAndDots_AreOneName() =>
        Assert.Equal("<p>Port 3128 <em>of</em> 3128</p>", Html("Port {{endpoint.a_b.c_d.port}} *of* {{endpoint.a_b.c_d.port}}", name: "a_b.c_d"));

    [Fact]
    public void Values_OfAnother_AreNeitherShownNorLinkedTo()
    {
        string html = Html("Enter {{endpoint.secret-b.host}} or `{{endpoint.secret-b.port}}`: [x](http://{{endpoint.secret-b.address}}/)");
        Assert.Equal($"<p>Enter {NotForYou} or <code>{NotForYou}</code>: <a href=\"/connect\">x</a></p>", html);
    }

    [Fact]
    public void Placeholder_ThatIsEscaped_StandsForItself() => Assert.Equal(
        "<p>a {{portal}} <code>{{.Names}}</code></p>", Html("a \\{{portal}} `\\{{.Names}}`"));

    public static TheoryData<string, string> Endless => new()
    {
        { "emphasis", string.Concat(Enumerable.Repeat("*a ", 400_000)) },
        { "emphasis within bounds", string.Concat(Enumerable.Repeat("*a ", 4900)) },
        { "both emphases", string.Concat(Enumerable.Repeat("*a _b ", 2450)) },
        { "emphasis of two", string.Concat(Enumerable.Repeat("**a *b ", 1600)) },
        { "nested lists", string.Concat(Enumerable.Range(0, 1400).Select(depth => new string(' ', 2 * depth) + "- a\n")) },
        { "nested lists in one line", string.Concat(Enumerable.Repeat("- ", 20_000)) + "a" },
        { "nested lists by number", string.Concat(Enumerable.Repeat("1. ", 16_000)) + "a" },
        { "nested quotes", new string('>', 49_000) + "a" },
        { "quotes that end lazily", string.Concat(Enumerable.Repeat("> > > > > > > > a\n", 2700)) },
        { "brackets", new string('[', 4900) + "a" + new string(']', 4900) },
        { "brackets that do not end", string.Concat(Enumerable.Repeat("[a](", 4900)) },
        { "pictures in pictures", string.Concat(Enumerable.Repeat("![", 4900)) },
        { "backticks", string.Concat(Enumerable.Range(1, 300).Select(count => "e" + new string('`', count))) },
        { "pairs of backticks", string.Concat(Enumerable.Repeat("`` ` ", 10_000)) },
        { "angles", new string('<', 49_000) },
        { "tags that do not end", string.Concat(Enumerable.Repeat("<a href='", 5500)) },
        { "comments that do not end", string.Concat(Enumerable.Repeat("<!--", 12_000)) },
        { "tables within bounds", string.Concat(Enumerable.Repeat("|", 2400)) + "\n" + string.Concat(Enumerable.Repeat("|-", 2400)) },
        { "tables", string.Concat(Enumerable.Repeat("|", 24_000)) + "\n" + string.Concat(Enumerable.Repeat("|-", 12_000)) },
        { "tables of rows", "|a|\n|-|\n" + string.Concat(Enumerable.Repeat("|a\n", 16_000)) },
        { "definitions", string.Concat(Enumerable.Range(0, 2400).Select(number => $"[a{number}]: /x\n[a{number}]\n")) },
        { "braces", new string('{', 49_000) },
        { "placeholders", string.Concat(Enumerable.Repeat("{{portal}}", 4900)) },
        { "addresses", string.Concat(Enumerable.Repeat("http://a.b ", 4500)) },
        { "addresses that do not end", string.Concat(Enumerable.Repeat("www.", 12_000)) },
        { "entities", string.Concat(Enumerable.Repeat("&amp", 12_000)) },
        { "headings of one name", string.Concat(Enumerable.Repeat("# a\n", 12_000)) },
        { "a mebibyte", new string('a', 1 << 20) },
    };

    // Bounded: what is slowest takes half a second, and a busy machine may take twenty times as long. Without bounds some of these take minutes.
    [Theory]
    [MemberData(nameof(Endless), DisableDiscoveryEnumeration = true)]
    public void Render_WhatIsMadeToTakeLong_EndsSoon(string what, string text)
    {
        // As much of it as may be there at all, but for the one that is refused for its length.
        text = what == "a mebibyte" ? text : text[..Math.Min(text.Length, GuideMarkdown.LongestText)];
        Html("warm");
        var watch = Stopwatch.StartNew();
        Result<GuideContent> content = GuideMarkdown.Render(text, Values(), Page);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{what}: {watch.Elapsed}");
        if (content.Error is { } error)
            Assert.Equal("text", error.Field);
        else
            Assert.All(Elements(content.Value.Html), IsAllowed);
    }

    [Fact]
    public void Render_TooLong_IsRefused() => Assert.Equal("text_too_long", GuideMarkdown.Render(new string('a', GuideMarkdown.LongestText + 1), Values(), Page).Error!.Code);

    [Fact]
    public void Render_TooDeep_IsRefused() => Assert.Equal("text_too_deep", GuideMarkdown.Render(new string('>', 1000) + "a", Values(), Page).Error!.Code);

    [Fact]
    public void Content_HasItsWordsAndSections()
    {
        GuideContent content = GuideMarkdown.Render("## One *two*\n\nThree\n\n## One two\n", Values(), Page).Value;
        Assert.Equal("One two Three One two", content.Plain);
        Assert.Equal([new("guide-one-two", "One two"), new("guide-one-two-1", "One two")], content.Headings);
    }

    private static GuideValues Values(string name = "hq", string? contact = null) => GuideValues.ForReader(
        new EffectiveSettings("Example", "https://portal.example.test", true),
        [new ConnectEndpoint(name, Guid.Empty, new ProxyAddress("proxy.example.test", 3128, ProxyTransport.Http), ["Basic"], "Example proxy", null) { Contact = contact }], NotForYou);

    private static string Html(string text, string name = "hq", string? contact = null) => GuideMarkdown.Render(text, Values(name, contact), Page).Value.Html;

    private static IEnumerable<IElement> Elements(string html) => new HtmlParser().ParseDocument($"<body>{html}</body>").Body!.QuerySelectorAll("*");

    private static void IsAllowed(IElement element)
    {
        Assert.Contains(element.LocalName, GuideMarkdown.Elements);
        Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, GuideMarkdown.Attributes));
        if (element.GetAttribute("href") is { } href)
            Assert.True(PortalUrls.IsLocal(href) || href.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || href.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase), href);
        if (element.GetAttribute("id") is { } id)
            Assert.StartsWith("guide-", id, StringComparison.Ordinal);
    }
}
