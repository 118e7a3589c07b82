using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Announcements;

/// <summary>What strangers and users read of planned changes on the page that everybody may read, and that they say there that they know.</summary>
public sealed class AnnouncedChangesTests : IAsyncLifetime
{
    private readonly Dictionary<string, Guid> _ids = [];
    private PortalHost _portal = null!;
    private Actor _administrator = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AnnouncementService Announcements => _portal.Get<AnnouncementService>();

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        await _portal.BootstrapAsync("""
            {
              "groups": [{ "name": "a", "endpoints": ["only-a"] }, { "name": "b", "endpoints": ["only-b"] }],
              "proxies": [{ "name": "hq-squid", "realm": "Example proxy", "callerKey": "canary-caller-0123456789-0123456789", "endpoints": [
                { "name": "open", "host": "open.example.test", "port": 3128, "transport": "http", "schemes": ["Basic"], "visibility": "public" },
                { "name": "inside", "host": "inside.example.test", "port": 3130, "transport": "http", "schemes": ["Basic"], "visibility": "signedIn" },
                { "name": "vault", "host": "vault.example.test", "port": 3133, "transport": "http", "schemes": ["Basic"], "visibility": "groups" },
                { "name": "only-a", "host": "a.example.test", "port": 3131, "transport": "http", "schemes": ["Basic"], "visibility": "groups" },
                { "name": "only-b", "host": "b.example.test", "port": 3132, "transport": "http", "schemes": ["Basic"], "visibility": "groups" }] }],
              "users": [{ "userId": "anna", "password": "correct horse battery staple", "groups": ["a"] }, { "userId": "bert", "password": "correct horse battery staple", "groups": ["b"] },
                        { "userId": "carl", "password": "correct horse battery staple" }]
            }
            """);
        User admin = await _portal.AddUserAsync("admin", PortalRole.Administrator);
        _administrator = new Actor(admin.Id, "admin", PortalRole.Administrator, IPAddress.Loopback);
        await using (PortalDbContext db = await _portal.OpenDatabaseAsync())
            await db.ProxyEndpoints.Where(row => row.Name == "open").ExecuteUpdateAsync(row => row.SetProperty(endpoint => endpoint.Schemes, AuthSchemes.Basic | AuthSchemes.Digest), Token);
        await AnnounceAsync("open", schemes: "Basic", comment: "Basic is read\nby <b>whoever</b> listens.");
        await AnnounceAsync("inside", replacement: "vault", comment: "Comment inside.");
        await AnnounceAsync("only-a", comment: "Comment of a.");
        await AnnounceAsync("only-b", comment: "Comment of b.");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(null, "Sign-in by Basic ends at open")]
    [InlineData("anna", "only-a ends")]
    [InlineData("bert", "only-b ends")]
    [InlineData("carl", "inside ends|Sign-in by Basic ends at open")]
    public async Task Reader_LearnsOfTheChangesOfTheirEndpoints_AndOfNoOther(string? userId, string titles)
    {
        using HttpClient browser = userId is null ? _portal.Browser() : await SignedInAsync(userId);
        string page = await browser.GetStringAsync(PortalUrls.Connect, Token);
        foreach (string title in (string[])["Sign-in by Basic ends at open", "inside ends", "only-a ends", "only-b ends"])
            Assert.Equal(titles.Split('|').Contains(title), page.Contains(title, StringComparison.Ordinal));
        foreach ((string comment, string title) in (ReadOnlySpan<(string, string)>)[("Comment inside.", "inside ends"), ("Comment of a.", "only-a ends"), ("Comment of b.", "only-b ends")])
            Assert.Equal(titles.Split('|').Contains(title), page.Contains(comment, StringComparison.Ordinal));
        // What takes the place of "inside" is for a group that nobody here is in.
        Assert.DoesNotContain("vault", page, StringComparison.Ordinal);
        Assert.Equal(userId is not null, page.Contains("id=\"known\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Comment_IsText_AndKeepsItsLines()
    {
        using HttpClient browser = _portal.Browser();
        string page = await browser.GetStringAsync(PortalUrls.Connect, Token);
        Assert.DoesNotContain("<b>whoever</b>", page, StringComparison.Ordinal);
        Assert.Contains("Basic is read\nby <b>whoever</b> listens.", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task German_IsSpokenToo()
    {
        using HttpClient browser = _portal.Browser();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        Assert.Contains("Die Anmeldung mit Basic endet bei open", await browser.GetStringAsync(PortalUrls.Connect, Token), StringComparison.Ordinal);
    }

    // The page of a stranger may be kept: what is announced must not be kept from it.
    [Fact]
    public async Task Stranger_WhoHasThePage_IsToldOfANewChange()
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage first = await browser.GetAsync(PortalUrls.Connect, Token);
        await Announcements.WithdrawAsync(_administrator, _ids["open"], Token);
        using var again = new HttpRequestMessage(HttpMethod.Get, PortalUrls.Connect);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await browser.SendAsync(again, Token);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.DoesNotContain("Sign-in by Basic ends", await second.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Known_IsSaidByAPlainForm()
    {
        using HttpClient browser = await SignedInAsync("anna");
        using HttpResponseMessage answer = await PostAsync(browser, "only-a");
        Assert.Equal((HttpStatusCode.Redirect, PortalUrls.Connect), (answer.StatusCode, new Uri(_portal.Portal, answer.Headers.Location!).AbsolutePath));
        Assert.Equal(1, await AcknowledgedAsync("only-a"));
        string page = await browser.GetStringAsync(PortalUrls.Connect, Token);
        Assert.Contains("You have said that you know.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">I know<", page, StringComparison.Ordinal);
        using (await PostAsync(browser, "only-a")) { }
        Assert.Equal(1, await AcknowledgedAsync("only-a"));
    }

    [Fact]
    public async Task Known_OfWhatOneMayNotSee_OrWhatIsNone_SaysNothing()
    {
        using HttpClient browser = await SignedInAsync("anna");
        using HttpResponseMessage other = await PostAsync(browser, "only-b");
        Assert.Equal(0, await AcknowledgedAsync("only-b"));
        foreach (string value in (string[])["", "x", Guid.Empty.ToString(), "' OR 1=1", new string('9', 4000)])
        {
            using HttpResponseMessage answer = await PortalHost.SubmitAsync(browser, PortalUrls.Connect, "known", ("change", value));
            // The same answer for all: nobody learns what exists.
            Assert.Equal((other.StatusCode, other.Headers.Location), (answer.StatusCode, answer.Headers.Location));
        }
    }

    [Fact]
    public async Task Known_WithoutTheTokenOfThePage_OrASession_IsRefused()
    {
        using HttpClient anna = await SignedInAsync("anna");
        using HttpResponseMessage forged = await anna.PostAsync(PortalUrls.Connect,
            new FormUrlEncodedContent([KeyValuePair.Create("_handler", "known"), KeyValuePair.Create("change", _ids["only-a"].ToString())]), Token);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using HttpClient stranger = _portal.Browser();
        using HttpResponseMessage nobody = await PortalHost.SubmitAsync(stranger, PortalUrls.Connect, "known", ("change", _ids["open"].ToString()));
        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        Assert.Equal((0, 0), (await AcknowledgedAsync("only-a"), await AcknowledgedAsync("open")));
    }

    private Task<HttpResponseMessage> PostAsync(HttpClient browser, string endpoint) => PortalHost.SubmitAsync(browser, PortalUrls.Connect, "known", ("change", _ids[endpoint].ToString()));

    private async Task<int> AcknowledgedAsync(string endpoint) => (await Announcements.GetAsync(_administrator, _ids[endpoint], Token)).Value.Counts.Acknowledged;

    private async Task AnnounceAsync(string endpoint, string? replacement = null, string? schemes = null, string? comment = null) => _ids[endpoint] = (await Announcements.AnnounceAsync(_administrator,
        new AnnouncementInput { Endpoint = endpoint, Replacement = replacement, EndingSchemes = schemes is null ? [] : [schemes], EffectiveAt = TimeProvider.System.GetUtcNow().AddDays(7), Comment = comment }, Token)).Value;

    private async Task<HttpClient> SignedInAsync(string userId)
    {
        HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", userId), ("password", PortalHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }
}
