using ProxyPortal.Core.Verification;
using ProxyPortal.Languages;
using ProxyPortal.Publishing.Guides;
using ProxyPortal.Settings;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Guides;

/// <summary>The set that ships is whole, and right whatever an organisation has set up.</summary>
[Trait("Database", "None")]
public sealed class ShippedGuidesTests
{
    private static readonly GuideValues Values = GuideValues.ForWriter(new EffectiveSettings("Example", "https://portal.example.test", true), []);

    [Fact]
    public void Set_IsThereInEveryLanguage()
    {
        Assert.Equal(8, ShippedGuides.All.Select(guide => guide.Slug).Distinct().Count());
        Assert.All(ShippedGuides.All.GroupBy(guide => guide.Slug), versions => Assert.Equal(PortalLanguages.All.Keys.Order(), versions.Select(guide => guide.Language).Order()));
        Assert.All(ShippedGuides.All, guide => Assert.True(guide.Position > 0, guide.Slug));
    }

    [Fact]
    public void Texts_NameOnlyWhatIsAlwaysThere_AndLeadToPagesThatExist() => Assert.All(ShippedGuides.All, guide =>
    {
        Assert.Null(GuideInputRules.CheckName(guide.Slug, guide.Language));
        Assert.Null(GuideInputRules.Check(new GuideInput { Title = guide.Title, Text = guide.Text }));
        Assert.Empty(GuideProblems.Of(guide.Text, Values));
        GuideContent content = GuideMarkdown.Render(guide.Text, Values, "/x").Value;
        Assert.NotEmpty(content.Headings);
        foreach (string link in content.Html.Split("href=\"").Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)]))
            Assert.True(IsKnown(link.Replace("https://portal.example.test", "", StringComparison.Ordinal)), $"{guide.Slug}/{guide.Language}: {link}");
    });

    [Fact]
    public void Languages_SayTheSame_StepByStep() => Assert.All(ShippedGuides.All.GroupBy(guide => guide.Slug), versions => Assert.Single(
        versions.Select(guide => GuideMarkdown.Render(guide.Text, Values, "/x").Value.Html).Select(html => string.Join(' ', ((string[])["<li>", "<h2 ", "<p>", "<a ", "<tr>"]).Select(tag => html.Split(tag).Length))).Distinct()));

    private static bool IsKnown(string path) =>
        path is "" or PortalUrls.Connect or PortalUrls.PasteCheck or PortalUrls.ForgotPassword || path == PortalUrls.Help407()
        || (path.StartsWith(PortalUrls.Guides + "/", StringComparison.Ordinal) && ShippedGuides.Find(path[(PortalUrls.Guides.Length + 1)..], "en") is not null)
        || Enum.GetValues<RejectionReason>().Any(reason => path == PortalUrls.Help407(reason.Code()));
}
