using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Syntax;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Guides;

/// <summary>A guide as a reader sees it.</summary>
/// <param name="Html">Nothing but the elements and attributes of <see cref="GuideMarkdown"/>.</param>
/// <param name="Plain">Its words alone, to be searched.</param>
/// <param name="Headings">The sections, for a table of contents.</param>
public sealed record GuideContent(string Html, string Plain, IReadOnlyList<GuideHeading> Headings);

/// <param name="Id">Where it stands in the page.</param>
/// <param name="Text">As it is read.</param>
public sealed record GuideHeading(string Id, string Text);

/// <summary>Makes HTML of what people wrote. Two walls stand between them and the reader's browser: HTML in the Markdown is text, and what comes out passes an allow-list. There are no pictures: one
/// becomes a link to it, since the portal keeps no files for them, and a page that loads something from elsewhere tells elsewhere who reads it.</summary>
public static partial class GuideMarkdown
{
    /// <summary>About four printed pages, and what fits into the editor; longer texts are not even looked at.</summary>
    public const int LongestText = Components.Shared.CircuitMessage.LongestText;

    /// <summary>Ids of headings begin so: they must not meet those of the page around them.</summary>
    private const string IdPrefix = "guide-";
    private const int TopLevel = 2;

    // Parsing bounds the nesting, but looks long until it does; and this many marks of emphasis or code, brackets or cells stand in no text that somebody reads.
    private const int MostMarks = 5_000;

    // Ahead of what is made of them.
    public static IReadOnlySet<string> Elements { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
    };

    public static IReadOnlySet<string> Attributes { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "id", "rel", "start", "title" };

    private static readonly MarkdownPipeline Pipeline = MakePipeline();
    private static readonly HtmlSanitizer Sanitizer = MakeSanitizer();

    /// <summary>The page of a text. Errors: <c>text_too_long</c>, <c>text_too_deep</c>.</summary>
    /// <param name="text">Markdown with placeholders.</param>
    /// <param name="values">What stands in their place: as text, never as Markdown or HTML.</param>
    /// <param name="path">The address of the page, to which links to its own sections lead.</param>
    public static Result<GuideContent> Render(string text, GuideValues values, string path)
    {
        if (Check(text) is { } fault)
            return fault;
        try
        {
            using var written = new StringWriter(CultureInfo.InvariantCulture);
            var context = new MarkdownParserContext();
            context.Properties[typeof(GuideValues)] = values;
            MarkdownDocument document = Markdown.Parse(GuideSyntax.WellFormed(text), Pipeline, context);
            GuideSyntax.Settle(document, values, TopLevel);
            var renderer = new HtmlRenderer(written);
            Pipeline.Setup(renderer);
            renderer.Render(document);
            return ContentOf(Sanitizer.SanitizeDom(written.ToString()), path);
        }
        // Lists in lists in lists: the parser ends at a depth that no reader could follow.
        catch (ArgumentException)
        {
            return TooDeep;
        }
    }

    /// <summary>Whether a text is one that could be shown at all. Errors: <c>text_too_long</c>, <c>text_too_deep</c>.</summary>
    public static Error? Check(string text)
    {
        if (text.Length > LongestText)
            return new Error("text_too_long", $"A guide has at most {LongestText} characters. Make two of it.", "text");
        return text.Count(letter => letter is '*' or '_' or '[' or '~' or '`') > MostMarks || text.Count(letter => letter is '|') > MostMarks || Deep().IsMatch(text) ? TooDeep : null;
    }

    private static Error TooDeep { get; } = new("text_too_deep", "There are more lists within lists, quotes, emphasis or cells of tables than anybody could read. Make the text simpler.", "text");

    private static GuideContent ContentOf(IHtmlDocument page, string path)
    {
        List<GuideHeading> headings = [];
        Dictionary<string, int> taken = new(StringComparer.Ordinal);
        foreach (IElement heading in page.QuerySelectorAll("h2, h3, h4, h5, h6").ToList())
        {
            // As GitHub names them, which people who write Markdown know. Markdig's own way looks through all names for each.
            string name = LinkHelper.UrilizeAsGfm(heading.TextContent.Trim());
            int before = taken[name] = taken.GetValueOrDefault(name, -1) + 1;
            heading.Id = IdPrefix + name + (before == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{before}"));
            if (heading.LocalName == "h2")
                headings.Add(new GuideHeading(heading.Id, heading.TextContent.Trim()));
        }
        foreach (IElement link in page.QuerySelectorAll("a[href]").ToList())
        {
            string href = link.GetAttribute("href")!;
            if (href.StartsWith('#'))
                link.SetAttribute("href", $"{path}#{IdPrefix}{href[1..]}");
            else if (!href.StartsWith('/'))
                link.SetAttribute("rel", "noopener noreferrer");
        }
        string plain = string.Join(' ', page.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new GuideContent(page.Body.InnerHtml.Trim(), plain, headings);
    }

    private static MarkdownPipeline MakePipeline()
    {
        MarkdownPipelineBuilder builder = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough);
        builder.InlineParsers.Insert(0, new GuideValueParser());
        return builder.Build();
    }

    private static HtmlSanitizer MakeSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(Elements, StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(Attributes, StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        });
        // What is not allowed goes, but not the words in it.
        sanitizer.KeepChildNodes = true;
        sanitizer.FilterUrl += (_, url) => url.SanitizedUrl = GuideSyntax.MayLeadTo(url.OriginalUrl) ? url.SanitizedUrl : null;
        return sanitizer;
    }

    // Twenty lists or quotes within each other, opened on one line.
    [GeneratedRegex(@"^(?:[ \t]*(?:[-*+>]|[0-9]{1,9}[.)])){20}", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Deep();
}
