using System.Text;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ProxyPortal.Core.Publishing.Guides;

namespace ProxyPortal.Publishing.Guides;

/// <summary>Puts a value in the place of a placeholder in running text, as a literal: what stands in it is not read as Markdown, and is escaped as it is written.</summary>
internal sealed class GuideValueParser : InlineParser
{
    public GuideValueParser() => OpeningCharacters = ['{'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        int length = GuidePlaceholders.ReadFirst(slice.AsSpan(), out string name);
        if (length == 0)
            return false;
        var values = (GuideValues)processor.Context!.Properties[typeof(GuideValues)]!;
        processor.Inline = new LiteralInline(values.Of(name)) { IsClosed = true };
        slice.Start += length;
        return true;
    }
}

/// <summary>What is done to a guide between reading and writing it.</summary>
internal static class GuideSyntax
{
    /// <summary>Fills the placeholders in code and in links, lets only good links lead anywhere, and brings the headings below that of the page.</summary>
    public static void Settle(MarkdownDocument document, GuideValues values, int topLevel)
    {
        List<MarkdownObject> all = [.. document.Descendants()];
        int shift = topLevel - (all.OfType<HeadingBlock>().Select(heading => (int?)heading.Level).Min() ?? topLevel);
        foreach (MarkdownObject one in all)
        {
            switch (one)
            {
                case HeadingBlock heading:
                    heading.Level = Math.Clamp(heading.Level + shift, topLevel, 6);
                    break;
                case CodeInline code:
                    code.Content = GuidePlaceholders.Fill(code.Content, values.Of);
                    break;
                case CodeBlock code:
                    Fill(code, values);
                    break;
                case AutolinkInline { IsEmail: false } address:
                    address.Url = GuidePlaceholders.Fill(address.Url, values.Of);
                    break;
                case LiteralInline { Parent: LinkInline { IsAutoLink: true } } address:
                    address.Content = new StringSlice(GuidePlaceholders.Fill(address.Content.ToString(), values.Of));
                    break;
                case LinkInline link:
                    link.IsImage = false;
                    link.Url = Target(link.Url, values);
                    link.Title = link.Title is null ? null : GuidePlaceholders.Fill(link.Title, values.Of);
                    break;
            }
        }
    }

    /// <summary>The text with a sign in the place of half characters, over which whatever writes addresses would stumble.</summary>
    public static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>A page of the portal, a section of the same page, or an address of the web or of mail.</summary>
    public static bool MayLeadTo(string? url) =>
        url is not null && (PortalUrls.IsLocal(url) || url is ['#', ..] || (Uri.TryCreate(url, UriKind.Absolute, out Uri? absolute) && absolute.Scheme is "http" or "https" or "mailto" && !url.Any(char.IsControl)));

    // A link with a part that is not the reader's leads to what is.
    private static string? Target(string? url, GuideValues values)
    {
        if (url is null)
            return null;
        bool isWhole = GuidePlaceholders.Find(url).All(placeholder => values.Knows(placeholder.Name));
        string filled = isWhole ? GuidePlaceholders.Fill(url, values.Of) : PortalUrls.Connect;
        return MayLeadTo(filled) ? filled : null;
    }

    private static void Fill(CodeBlock code, GuideValues values)
    {
        for (int line = 0; line < code.Lines.Count; line++)
            code.Lines.Lines[line].Slice = new StringSlice(GuidePlaceholders.Fill(code.Lines.Lines[line].Slice.ToString(), values.Of));
    }
}
