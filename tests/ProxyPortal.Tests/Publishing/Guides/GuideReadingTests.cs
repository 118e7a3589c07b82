using System.Net;
using ProxyPortal.Access;
using ProxyPortal.Publishing.Guides;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Guides;

/// <summary>What strangers and users read, over the real portal.</summary>
public sealed class GuideReadingTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        await _portal.BootstrapAsync("""
            {
              "administrator": { "userId": "admin", "password": "correct horse battery staple", "requireSecondFactor": false },
              "groups": [{ "name": "a", "endpoints": ["only-a"] }, { "name": "b", "endpoints": ["only-b"] }],
              "proxies": [{ "name": "hq-squid", "realm": "Example proxy", "callerKey": "canary-caller-0123456789-0123456789", "endpoints": [
                { "name": "open", "host": "open.example.test", "port": 3128, "transport": "http", "schemes": ["Basic"], "visibility": "public" },
                { "name": "only-a", "host": "a.example.test", "port": 3131, "transport": "http", "schemes": ["Basic"], "visibility": "groups" },
                { "name": "only-b", "host": "b.example.test", "port": 3132, "transport": "http", "schemes": ["Basic"], "visibility": "groups" }] }],
              "users": [{ "userId": "anna", "password": "correct horse battery staple", "groups": ["a"] }, { "userId": "bert", "password": "correct horse battery staple", "groups": ["b"] }]
            }
            """);
        await AddAsync("all", "Everywhere", "Open {{endpoint.open.address}}, A {{endpoint.only-a.address}} `{{endpoint.only-a.host}}`, B {{endpoint.only-b.address}} [x](http://{{endpoint.only-b.host}}/).");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(null, "open.example.test")]
    [InlineData("anna", "a.example.test")]
    [InlineData("bert", "b.example.test")]
    public async Task Reader_LearnsOfTheirEndpoints_AndOfNoOther(string? userId, string own)
    {
        using HttpClient browser = await BrowserAsync(userId);
        string page = WebUtility.HtmlDecode(await browser.GetStringAsync(PortalUrls.Guide("all"), Token));
        string list = WebUtility.HtmlDecode(await browser.GetStringAsync(PortalUrls.GuidesMatching("everywhere"), Token));
        Assert.Contains("(not for you: ask your administrator)", page, StringComparison.Ordinal);
        foreach (string host in (string[])["open.example.test", "a.example.test", "b.example.test"])
        {
            Assert.Equal(host == own, page.Contains(host, StringComparison.Ordinal));
            // Nor by looking for it, and seeing whether it is found.
            string found = WebUtility.HtmlDecode(await browser.GetStringAsync(PortalUrls.GuidesMatching(host), Token));
            Assert.Equal(host == own, found.Contains(">Everywhere<", StringComparison.Ordinal));
        }
        Assert.DoesNotContain("endpoint.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("endpoint.", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stranger_AfterAUser_GetsNothingOfTheirs()
    {
        using HttpClient anna = await BrowserAsync("anna");
        await anna.GetStringAsync(PortalUrls.Guide("all"), Token);
        using HttpClient stranger = _portal.Browser();
        Assert.DoesNotContain("a.example.test", await stranger.GetStringAsync(PortalUrls.Guide("all"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignedInOnly_IsNotThereForStrangers()
    {
        await AddAsync("inside", "Inside", "For us.", visibility: GuideVisibility.SignedIn);
        using HttpClient stranger = _portal.Browser();
        using HttpResponseMessage answer = await stranger.GetAsync(PortalUrls.Guide("inside"), Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("For us.", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.DoesNotContain("Inside", await stranger.GetStringAsync(PortalUrls.Guides, Token), StringComparison.Ordinal);
        using HttpClient anna = await BrowserAsync("anna");
        Assert.Contains("For us.", await anna.GetStringAsync(PortalUrls.Guide("inside"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_IsReadByNobody_AndAVersionOnlyOncePublished()
    {
        await AddAsync("draft", "Draft", "First text.", publish: false);
        using HttpClient stranger = _portal.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(PortalUrls.Guide("draft"), Token)).StatusCode);
        GuideService guides = _portal.Get<GuideService>();
        await guides.SaveAsync(Actor.Portal, "all", "en", new GuideInput { Title = "Everywhere", Text = "Second text." }, await VersionAsync("all"), Token);
        Assert.DoesNotContain("Second text.", await stranger.GetStringAsync(PortalUrls.Guide("all"), Token), StringComparison.Ordinal);
        await guides.PublishAsync(Actor.Portal, "all", "en", 2, await VersionAsync("all"), Token);
        Assert.Contains("Second text.", await stranger.GetStringAsync(PortalUrls.Guide("all"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_IsTheReaders_ElseEnglish_AndThePageSaysSo()
    {
        using HttpClient german = _portal.Browser();
        german.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        string shipped = WebUtility.HtmlDecode(await german.GetStringAsync(PortalUrls.Guide("password-expired"), Token));
        Assert.Contains("Ihr Passwort ist abgelaufen", shipped, StringComparison.Ordinal);
        Assert.DoesNotContain("nur auf English", shipped, StringComparison.Ordinal);
        string fallen = WebUtility.HtmlDecode(await german.GetStringAsync(PortalUrls.Guide("all"), Token));
        Assert.Contains("Diese Anleitung gibt es nur auf English.", fallen, StringComparison.Ordinal);
        Assert.Contains("(nicht für Sie: Fragen Sie Ihre Administration)", fallen, StringComparison.Ordinal);
        Assert.Contains("<article class=\"guide-text\" lang=\"en\"", fallen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expired", "Your password has expired")]
    [InlineData("SAMSUNG pencil", "First steps on Android")]
    [InlineData("<script>alert(1)</script>", "No guide holds these words")]
    [InlineData("\u202Eecila", "No guide holds these words")]
    public async Task Search_FindsTheShippedSet_WithoutJavaScript(string search, string text)
    {
        using HttpClient browser = _portal.Browser();
        string page = await browser.GetStringAsync(PortalUrls.GuidesMatching(search), Token);
        Assert.Contains(text, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdrawn_ReplacedShippedGuide_IsGone_UntilItIsDeleted()
    {
        GuideService guides = _portal.Get<GuideService>();
        await guides.CopyAsync(Actor.Portal, "what-a-407-is", "en", Token);
        await guides.CopyAsync(Actor.Portal, "what-a-407-is", "de", Token);
        using HttpClient stranger = _portal.Browser();
        Assert.Contains("407 or 401?", await stranger.GetStringAsync(PortalUrls.Guide("what-a-407-is"), Token), StringComparison.Ordinal);
        foreach (string language in (string[])["en", "de"])
            await guides.WithdrawAsync(Actor.Portal, "what-a-407-is", language, await VersionAsync("what-a-407-is", language), Token);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(PortalUrls.Guide("what-a-407-is"), Token)).StatusCode);
        await guides.DeleteAsync(Actor.Portal, "what-a-407-is", "en", await VersionAsync("what-a-407-is"), Token);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(PortalUrls.Guide("what-a-407-is"), Token)).StatusCode);
    }

    private async Task AddAsync(string slug, string title, string text, GuideVisibility visibility = GuideVisibility.Everyone, bool publish = true)
    {
        GuideService guides = _portal.Get<GuideService>();
        Assert.Null((await guides.CreateAsync(Actor.Portal, slug, "en", new GuideInput { Title = title, Text = text, Visibility = visibility }, Token)).Error);
        if (publish)
            Assert.Null((await guides.PublishAsync(Actor.Portal, slug, "en", 1, await VersionAsync(slug), Token)).Error);
    }

    private async Task<long> VersionAsync(string slug, string language = "en") => (await _portal.Get<GuideService>().GetAsync(Actor.Portal, slug, language, Token)).Value.Version;

    private async Task<HttpClient> BrowserAsync(string? userId)
    {
        HttpClient browser = _portal.Browser();
        if (userId is not null)
            (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", userId), ("password", PortalHost.Password))).Dispose();
        return browser;
    }
}
