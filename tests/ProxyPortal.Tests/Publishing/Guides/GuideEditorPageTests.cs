using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Components.Search;
using ProxyPortal.Publishing.Guides;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Guides;

public sealed class GuideEditorPageTests : PortalPageTest
{
    private static readonly GuideInput First = new() { Title = "Printers", Text = "First line.\n" };

    private GuideService Guides => Host.Get<GuideService>();

    [Fact]
    public void List_ShowsWhatShips_AndTeaches()
    {
        IRenderedComponent<ManageGuidesPage> page = Show<ManageGuidesPage>();
        Reads(page, "First steps on Windows");
        Reads(page, "16 guides");
        Assert.Equal(PortalUrls.NewGuide, Button(page, "New guide").GetAttribute("href"));
    }

    [Fact]
    public async Task List_ToWhoOnlyReads_OffersNothing()
    {
        SignIn(await Host.AddPersonAsync("auditor", PortalRole.Auditor));
        IRenderedComponent<ManageGuidesPage> page = Show<ManageGuidesPage>();
        Assert.False(Has(page, "New guide"));
        IRenderedComponent<IComponent> guide = Editor("what-a-407-is");
        Assert.False(Has(guide, "Edit"));
        Reads(guide, "407 Proxy Authentication Required");
    }

    [Fact]
    public void New_FaultsStandAtTheirFields_AndItGoesOnToTheEditor()
    {
        IRenderedComponent<NewGuidePage> page = Show<NewGuidePage>();
        Type(page, "Title", "Printers");
        Type(page, "Name in the address", "Our printers");
        Press(page, "Write it");
        ReadsAt(page, "Name in the address", "small letters");
        Type(page, "Name in the address", "printers");
        Press(page, "Write it");
        page.WaitForAssertion(() => Assert.Equal(PortalUrls.GuideEditor("printers", "en"), Path));
    }

    [Fact]
    public void Shipped_EditMakesItOnesOwn()
    {
        IRenderedComponent<IComponent> page = Editor("what-a-407-is");
        Reads(page, "It came with the portal.");
        Press(page, "Edit");
        Reads(page, "Readers see version 1, the newest.");
        Assert.Equal("What a 407 is, and what it is not", Field(page, "Title").GetAttribute("value"));
    }

    [Fact]
    public async Task Text_IsPreviewed_ProblemsAreNamed_AndPublishingIsRefused()
    {
        await AddAsync();
        IRenderedComponent<IComponent> page = Editor();
        Type(page, "Text", "Enter **{{organisation}}**\n\n{{endpoint.hq.prot}}");
        page.WaitForAssertion(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("ProxyPortal", page.Find(".guide-text strong").TextContent);
        });
        Reads(page, "Line 3, column 1: {{endpoint.hq.prot}} stands for nothing.");
        Press(page, "Publish");
        ReadsAt(page, "Text", "{{endpoint.hq.prot}} stands for nothing.");
        // What was typed is saved all the same.
        Assert.Equal((2, (int?)null), await StateAsync());

        Type(page, "Text", "Enter {{organisation}}");
        ReadsNot(page, "stands for nothing.");
        Press(page, "Publish");
        Reads(page, "Readers see version 3, the newest.");
        Assert.Equal((3, 3), await StateAsync());
    }

    [Fact]
    public async Task Versions_AreCompared_AndRestored()
    {
        await AddAsync();
        await Guides.SaveAsync(Administrator, "printers", "en", First with { Text = "Second line.\n" }, (await GetAsync()).Version, None);
        GoTo(PortalUrls.GuideEditor("printers", "en", 2));
        IRenderedComponent<IComponent> page = Editor();
        Reads(page, "Version 2 compared with version 1");
        Assert.Equal("First line.", page.Find(".removed .text").TextContent);
        Assert.Equal("Second line.", page.Find(".added .text").TextContent);
        Press(page, "Restore version 1");
        page.WaitForAssertion(() => Assert.Equal("First line.\n", Field(page, "Text").GetAttribute("value")));
        Assert.Equal((3, (int?)null), await StateAsync());
    }

    [Fact]
    public async Task Save_SomeoneElseSavedMeanwhile_NothingIsLostAndOneDecides()
    {
        await AddAsync();
        IRenderedComponent<IComponent> page = Editor();
        Type(page, "Text", "Mine.");
        await Guides.SaveAsync(Administrator, "printers", "en", First with { Text = "Theirs.\n" }, (await GetAsync()).Version, None);
        Press(page, "Save draft");
        Reads(page, "Someone else changed Printers meanwhile");
        Reads(page, "Theirs.");
        Press(page, "Save draft");
        Assert.Equal("Theirs.\n", (await GetAsync()).Fields.Text);
        Press(page, "Save my input over it");
        page.WaitForAssertion(() => Assert.Equal("Mine.", Ask(GetAsync).Fields.Text));
    }

    [Fact]
    public async Task Leaving_WithUnsavedText_Asks()
    {
        await AddAsync();
        GoTo(PortalUrls.GuideEditor("printers", "en"));
        IRenderedComponent<IComponent> page = Editor();
        Type(page, "Text", "Mine.");
        _ = page.InvokeAsync(() => GoTo(PortalUrls.GuidesToEdit));
        Reads(page, "Leave without saving?");
        Press(page, "Cancel");
        page.WaitForAssertion(() => Assert.Equal(PortalUrls.GuideEditor("printers", "en"), Path));
        // Comparing stays here.
        await page.InvokeAsync(() => GoTo(PortalUrls.GuideEditor("printers", "en", 1)));
        Assert.Equal(PortalUrls.GuideEditor("printers", "en", 1), Path);
    }

    [Fact]
    public async Task Delete_TakesItsNameTypedToConfirm()
    {
        await AddAsync();
        IRenderedComponent<IComponent> page = Editor();
        Type(page, "Text", "Not saved.");
        Press(page, "Delete");
        Reads(page, "Its version goes for good. Readers do not find it any more.");
        Assert.True(Button(page, "Delete guide").HasAttribute("disabled"));
        Type(page, "Type printers to confirm", "printers");
        Press(page, "Delete guide");
        // Whoever deletes it is not asked about what is typed and not saved.
        page.WaitForAssertion(() => Assert.Equal(PortalUrls.GuidesToEdit, Path));
        Assert.Equal(GuideService.NotFound, (await Guides.GetAsync(Administrator, "printers", "en", None)).Error);
    }

    [Fact]
    public async Task Values_AreOffered_ForTheEndpointThatIsChosen()
    {
        await AddProxyAsync();
        await AddAsync();
        IRenderedComponent<IComponent> page = Editor();
        AngleSharp.Dom.IElement button = page.FindAll("[data-insert]").Single(one => one.GetAttribute("data-insert") == "{{endpoint.hq.host}}");
        Assert.Equal("guide-text", button.GetAttribute("data-insert-into"));
        Assert.Contains("proxy.example.test", button.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Palette_FindsGuidesByTheirWords_ForWhoIsSignedIn()
    {
        GuidePaletteSource palette = Services.GetServices<IPaletteSource>().OfType<GuidePaletteSource>().Single();
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, Guid.CreateVersion7().ToString())], "test"));
        Assert.Equal([PortalUrls.Guide("first-steps-android")], (await palette.SearchAsync("samsung pencil", user, None)).Select(entry => entry.Url));
        Assert.Empty(await palette.SearchAsync("samsung pencil", new ClaimsPrincipal(new ClaimsIdentity()), None));
    }

    private IRenderedComponent<IComponent> Editor(string slug = "printers") => Open<GuideEditorPage>((nameof(GuideEditorPage.Slug), slug), (nameof(GuideEditorPage.Language), "en"));

    private async Task AddAsync() => Assert.Null((await Guides.CreateAsync(Administrator, "printers", "en", First, None)).Error);

    private async Task<GuideDetail> GetAsync() => (await Guides.GetAsync(Administrator, "printers", "en", None)).Value;

    private async Task<(int Newest, int? Published)> StateAsync()
    {
        GuideDetail guide = await GetAsync();
        return (guide.Versions[0].Number, guide.PublishedNumber);
    }
}
