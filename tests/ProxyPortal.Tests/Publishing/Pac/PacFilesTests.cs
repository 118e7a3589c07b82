using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core.Tests.Publishing.Pac;
using ProxyPortal.Data;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Tests.Management;
using ProxyPortal.Tests.Verification;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Pac;

/// <summary>What browsers fetch: the files of profiles, over the real host, and what a JavaScript engine does with them.</summary>
public sealed class PacFilesTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private string _token = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        await _portal.BootstrapAsync("""
            {
              "groups": [{ "name": "a", "endpoints": ["only-a"] }],
              "proxies": [{ "name": "hq-squid", "realm": "Example proxy", "callerKey": "canary-caller-0123456789-0123456789", "endpoints": [
                { "name": "open", "host": "open.example.test", "port": 3128, "transport": "http", "schemes": ["Basic"], "visibility": "public" },
                { "name": "open-tls", "host": "2001:db8::7", "port": 3129, "transport": "https", "schemes": ["Basic"], "tlsName": "tls.example.test", "visibility": "public" },
                { "name": "only-a", "host": "a.example.test", "port": 3131, "transport": "http", "schemes": ["Basic"], "visibility": "groups" }] }]
            }
            """);
        _token = await _portal.AddTokenAsync("pac-profiles:write");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task File_OfAProfile_IsForEveryone_UnderAnyName_AndDoesWhatItSays()
    {
        await AddAsync("""
            { "name": "branch", "purpose": "For the branches", "bypass": [".corp.example.org", "10.0.0.0/8", "bücher.example"], "endpoints": ["open-tls", "open"],
              "routes": [{ "hosts": ["*.video.example.com"], "endpoints": ["open"] }, { "hosts": ["partner.example"], "straight": true }] }
            """);
        using HttpClient browser = _portal.Browser();
        foreach (string path in (string[])["/pac/branch.pac", "/PAC/Branch.PAC"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "anything.example.test";
            using HttpResponseMessage answer = await browser.SendAsync(request, Token);
            Assert.Equal((HttpStatusCode.OK, "application/x-ns-proxy-autoconfig"), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
            Assert.Equal(TimeSpan.FromMinutes(5), answer.Headers.CacheControl!.MaxAge);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            string pac = await answer.Content.ReadAsStringAsync(Token);
            Assert.DoesNotContain("anything.example.test", pac, StringComparison.Ordinal);
            using var runtime = new PacRuntime(pac);
            Assert.Equal("HTTPS [2001:db8::7]:3129; PROXY open.example.test:3128", runtime.Find(new Uri("https://www.example.net/")));
            Assert.Equal("PROXY open.example.test:3128", runtime.Find(new Uri("https://a.video.example.com/")));
            foreach (string straight in (string[])["https://partner.example/", "https://a.corp.example.org/", "http://10.1.2.3/", "https://bücher.example/", "http://localhost:8080/", "http://127.0.0.53/", "http://[::1]/", "http://wiki/"])
                Assert.Equal("DIRECT", runtime.Find(new Uri(straight)));
        }
        using HttpResponseMessage standard = await browser.GetAsync(PortalUrls.ProxyPac, Token);
        Assert.DoesNotContain("corp.example.org", await standard.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Default_IsProxyPacAndWpad_AndDeletedTheyAreAsBefore()
    {
        using HttpClient browser = _portal.Browser();
        string before = await browser.GetStringAsync(PortalUrls.ProxyPac, Token);
        ApiReply created = await AddAsync("""{ "name": "branch", "isDefault": true, "bypass": ["only-here.example.org"], "endpoints": ["open-tls"] }""");
        foreach (string path in (string[])[PortalUrls.ProxyPac, PortalUrls.WpadDat, "/pac/branch.pac"])
            Assert.Contains("only-here.example.org", await browser.GetStringAsync(path, Token), StringComparison.Ordinal);
        // A client of an endpoint to which the file does not lead is not told to use it.
        Assert.Equal(["open-tls"], _portal.Get<PublishedEndpoints>().Public.Where(endpoint => _portal.Get<ClientSettings>().Of(endpoint).PacUrl is not null).Select(endpoint => endpoint.Name));

        Assert.Equal(HttpStatusCode.NoContent, (await _portal.SendAsync(HttpMethod.Delete, $"/pac-profiles/{created.Json["id"]}", _token)).Status);
        Assert.Equal(before, await browser.GetStringAsync(PortalUrls.ProxyPac, Token));
        using HttpResponseMessage gone = await browser.GetAsync("/pac/branch.pac", Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task File_ThatIsKnown_IsNotSentAgain_UntilItChanges()
    {
        ApiReply created = await AddAsync("""{ "name": "branch", "endpoints": ["open"] }""");
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage first = await browser.GetAsync("/pac/branch.pac", Token);
        using HttpResponseMessage again = await AskAsync(browser, first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Token));

        // Who was verified when changes nothing in it; a host more does.
        await _portal.SendAsync(HttpMethod.Patch, $"/pac-profiles/{created.Json["id"]}", _token, new StringContent("""{ "bypass": ["more.example.org"] }""", System.Text.Encoding.UTF8, "application/json"));
        using HttpResponseMessage changed = await AskAsync(browser, first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
    }

    [Fact]
    public async Task File_ToOtherMethods_NamesThoseThatWork()
    {
        await AddAsync("""{ "name": "branch", "endpoints": ["open"] }""");
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage posted = await browser.PostAsync("/pac/branch.pac", null, Token);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, HEAD"), (posted.StatusCode, string.Join(", ", posted.Content.Headers.Allow)));
        using HttpResponseMessage head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/pac/branch.pac"), Token);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.NotNull(head.Headers.ETag);
    }

    [Fact]
    public async Task File_UnchangedProfile_IsMadeOnce()
    {
        await AddAsync("""{ "name": "branch", "endpoints": ["open"] }""");
        PublishedPac published = _portal.Get<PublishedPac>();
        Assert.Same(published.Find("branch"), published.Find("branch"));
    }

    [Theory]
    [InlineData("/pac/no-such.pac", 404)]
    [InlineData("/pac/.pac", 404)]
    [InlineData("/pac/branch.pac/x", 404)]
    [InlineData("/pac/branch%2Fx.pac", 404)]
    [InlineData("/pac/../branch.pac", 404)]
    [InlineData("/pac/branch%00.pac", 400)]
    [InlineData("/pac/branch.pac", 200)]
    [InlineData("/pac/branch.pac?x=1", 200)]
    public async Task Address_ThatIsNone_IsNotThere(string path, int status)
    {
        await AddAsync("""{ "name": "branch", "endpoints": ["open"] }""");
        string answer = await RawHttp.SendAsync(_portal.Portal.Port, $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        int said = RawHttp.StatusOf(answer);
        // Strangers are sent to sign in where nothing is.
        Assert.True(said == status || (status == 404 && said is 302), $"{path}: {said}");
        Assert.Equal(status == 200, answer.Contains("FindProxyForURL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_TooLongToBeAName_IsRefused_WithoutBeingRepeated()
    {
        await AddAsync("""{ "name": "branch", "endpoints": ["open"] }""");
        string answer = await RawHttp.SendAsync(_portal.Portal.Port, $"GET /pac/branch.pac HTTP/1.1\r\nHost: {new string('a', 8000)}.example.test\r\nConnection: close\r\n\r\n");
        Assert.Equal(400, RawHttp.StatusOf(answer));
        Assert.DoesNotContain("aaaa", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_NeverHoldsAnEndpointOfAGroup_WhateverIsDone()
    {
        (await _portal.PostAsync("/pac-profiles", _token, """{ "name": "a", "endpoints": ["only-a"] }""")).IsProblem(400, "endpoints_invalid", "endpoints");
        await AddAsync("""{ "name": "branch", "isDefault": true, "endpoints": ["open-tls"], "routes": [{ "hosts": ["x.example"], "endpoints": ["open-tls"] }] }""");
        // Past the service, and after it was public.
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        ProxyEndpoint hidden = await db.ProxyEndpoints.SingleAsync(row => row.Name == "only-a", Token);
        ProxyEndpoint left = await db.ProxyEndpoints.SingleAsync(row => row.Name == "open-tls", Token);
        PacProfile profile = await db.PacProfiles.SingleAsync(Token);
        profile.Endpoints = [hidden.Id, left.Id];
        profile.Routes = [new PacProfileRoute(["x.example"], [hidden.Id, left.Id])];
        left.Visibility = EndpointVisibility.SignedIn;
        await db.SaveChangesAsync(Token);
        using HttpClient browser = _portal.Browser();
        string page = await browser.GetStringAsync(PortalUrls.Connect, Token);
        foreach (string text in (string[])[await browser.GetStringAsync("/pac/branch.pac", Token), await browser.GetStringAsync(PortalUrls.ProxyPac, Token), await browser.GetStringAsync(PortalUrls.ConnectJson, Token), page])
        {
            Assert.DoesNotContain("a.example.test:", text, StringComparison.Ordinal);
            Assert.DoesNotContain("2001:db8::7", text, StringComparison.Ordinal);
        }
        using var runtime = new PacRuntime(await browser.GetStringAsync("/pac/branch.pac", Token));
        Assert.Equal("PROXY open.example.test:3128", runtime.Find(new Uri("http://x.example/")));
    }

    [Fact]
    public async Task Profiles_AreToldOnConnect_WithTheirPurpose()
    {
        await AddAsync("""{ "name": "branch", "purpose": "For the <b>branches</b>", "endpoints": ["open"] }""");
        await AddAsync("""{ "name": "standard", "isDefault": true }""");
        using HttpClient browser = _portal.Browser();
        string page = await browser.GetStringAsync(PortalUrls.Connect, Token);
        Assert.Contains("/pac/branch.pac<", page, StringComparison.Ordinal);
        Assert.Contains("For the &lt;b&gt;branches&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/pac/standard.pac<", page, StringComparison.Ordinal);
        JsonNode json = JsonNode.Parse(await browser.GetStringAsync(PortalUrls.ConnectJson, Token))!;
        Assert.Equal(["branch", "standard"], json["pacProfiles"]!.AsArray().Select(profile => profile!["name"]!.GetValue<string>()));
        Assert.EndsWith("/pac/branch.pac", json["pacProfiles"]![0]!["url"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient browser, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pac/branch.pac");
        request.Headers.IfNoneMatch.Add(tag);
        return await browser.SendAsync(request, Token);
    }

    private async Task<ApiReply> AddAsync(string json)
    {
        ApiReply created = await _portal.PostAsync("/pac-profiles", _token, json);
        Assert.True(created.Status is HttpStatusCode.Created, created.Text);
        return created;
    }
}
