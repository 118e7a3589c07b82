using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ProxyPortal.Tests.Verification;
using Xunit;

namespace ProxyPortal.Tests.Publishing;

/// <summary>What strangers and users learn of the endpoints, on every way on which it is told.</summary>
public sealed class ConnectTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        await _portal.BootstrapAsync("""
            {
              "groups": [{ "name": "a", "endpoints": ["only-a"] }, { "name": "b", "endpoints": ["only-b"] }],
              "proxies": [{ "name": "hq-squid", "realm": "Example proxy", "callerKey": "canary-caller-0123456789-0123456789", "endpoints": [
                { "name": "open", "host": "open.example.test", "port": 3128, "transport": "http", "schemes": ["Basic"], "visibility": "public" },
                { "name": "open-tls", "host": "2001:db8::7", "port": 3129, "transport": "https", "schemes": ["Basic"], "tlsName": "tls.example.test", "tlsFingerprint": "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", "visibility": "public" },
                { "name": "inside", "host": "inside.example.test", "port": 3130, "transport": "http", "schemes": ["Basic"], "visibility": "signedIn" },
                { "name": "only-a", "host": "a.example.test", "port": 3131, "transport": "http", "schemes": ["Basic"], "visibility": "groups" },
                { "name": "only-b", "host": "b.example.test", "port": 3132, "transport": "http", "schemes": ["Basic"], "visibility": "groups" }] }],
              "users": [{ "userId": "anna", "password": "correct horse battery staple", "groups": ["a"] }, { "userId": "bert", "password": "correct horse battery staple", "groups": ["b"] },
                        { "userId": "carl", "password": "correct horse battery staple" }]
            }
            """);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(null, "open open-tls")]
    [InlineData("anna", "only-a")]
    [InlineData("bert", "only-b")]
    [InlineData("carl", "inside open open-tls")]
    public async Task Reader_LearnsOfTheirEndpoints_AndOfNoOther(string? userId, string names)
    {
        string[] expected = names.Split(' ');
        using HttpClient browser = userId is null ? _portal.Browser() : await SignedInAsync(userId);
        JsonElement document = await JsonAsync(browser);
        Assert.Equal(expected, document.GetProperty("endpoints").EnumerateArray().Select(endpoint => endpoint.GetProperty("name").GetString()));

        string page = await browser.GetStringAsync(PortalUrls.Connect, Token);
        string json = document.GetRawText();
        foreach (string host in (string[])["open.example.test", "inside.example.test", "a.example.test", "b.example.test"])
        {
            string name = host is "a.example.test" or "b.example.test" ? "only-" + host[0] : host.Split('.')[0];
            Assert.Equal(expected.Contains(name), page.Contains($">{host}<", StringComparison.Ordinal));
            Assert.Equal(expected.Contains(name), json.Contains($"\"{host}\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Certificate_IsNamedWithItsFingerprint()
    {
        using HttpClient stranger = _portal.Browser();
        JsonElement tls = (await JsonAsync(stranger)).GetProperty("endpoints")[1];
        string fingerprint = tls.GetProperty("tlsFingerprint").GetString()!;
        Assert.Equal(("tls.example.test", "00:11:22", 95), (tls.GetProperty("tlsName").GetString(), fingerprint[..8], fingerprint.Length));
        Assert.Contains(fingerprint, await stranger.GetStringAsync(PortalUrls.Connect, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pac_HoldsOnlyWhatIsPublic_AndAnswersUnderAnyName()
    {
        using HttpClient browser = await SignedInAsync("anna");
        foreach (string path in (string[])[PortalUrls.ProxyPac, PortalUrls.WpadDat])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "wpad.example.test";
            using HttpResponseMessage answer = await browser.SendAsync(request, Token);
            string pac = await answer.Content.ReadAsStringAsync(Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("application/x-ns-proxy-autoconfig", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal(TimeSpan.FromMinutes(5), answer.Headers.CacheControl!.MaxAge);
            Assert.Contains("return \"PROXY open.example.test:3128; HTTPS [2001:db8::7]:3129\";", pac, StringComparison.Ordinal);
            Assert.DoesNotContain("inside.example.test", pac, StringComparison.Ordinal);
            Assert.DoesNotContain("a.example.test:", pac, StringComparison.Ordinal);
            Assert.DoesNotContain("wpad.example.test", pac, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pac_ForANameThatIsNone_IsRefused()
    {
        string answer = await RawHttp.SendAsync(_portal.Portal.Port, $"GET {PortalUrls.WpadDat} HTTP/1.1\r\nHost: {new string('a', 8000)}.example.test\r\nConnection: close\r\n\r\n");
        Assert.Equal(400, RawHttp.StatusOf(answer));
        Assert.DoesNotContain("aaaa", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PortalUrls.ConnectJson)]
    [InlineData(PortalUrls.ProxyPac)]
    [InlineData(PortalUrls.WpadDat)]
    [InlineData(PortalUrls.Connect)]
    public async Task Answer_ThatIsKnown_IsNotSentAgain_UntilItChanges(string path)
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage first = await browser.GetAsync(path, Token);
        EntityTagHeaderValue tag = first.Headers.ETag!;
        using HttpResponseMessage again = await AskAsync(browser, path, tag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Token));
        // The nonce of the page that the browser kept must stay in force.
        Assert.False(again.Headers.Contains("Content-Security-Policy"));

        await _portal.BootstrapAsync("""
            { "proxies": [{ "name": "second", "realm": "Second", "callerKey": "canary-second-0123456789-0123456789", "endpoints": [
                { "name": "new", "host": "new.example.test", "port": 8080, "transport": "http", "schemes": ["Basic"], "visibility": "public" }] }] }
            """);
        using HttpResponseMessage changed = await AskAsync(browser, path, tag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Contains("new.example.test", await changed.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_InAnotherLanguage_HasATagOfItsOwn()
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage english = await browser.GetAsync(PortalUrls.Connect, Token);
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        using HttpResponseMessage german = await AskAsync(browser, PortalUrls.Connect, english.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, german.StatusCode);
        Assert.Contains("Mit dem Proxy verbinden", await german.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(["Accept-Language", "Cookie"], german.Headers.Vary);
    }

    [Theory]
    [InlineData(PortalUrls.ConnectJson)]
    [InlineData(PortalUrls.ProxyPac)]
    public async Task Answer_ToOtherMethods_NamesThoseThatWork(string path)
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage posted = await browser.PostAsync(path, null, Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        Assert.Equal(["GET", "HEAD"], posted.Content.Headers.Allow.Order());
        using HttpResponseMessage head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Token);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.NotNull(head.Headers.ETag);
    }

    [Theory]
    [InlineData("https://www.example.org/a", "It takes: PROXY open.example.test:3128; HTTPS [2001:db8::7]:3129")]
    [InlineData("www.example.org", "It takes: PROXY open.example.test:3128")]
    [InlineData("http://wiki/", "It is opened without a proxy.")]
    [InlineData("http://127.0.0.1/", "It is opened without a proxy.")]
    public async Task Question_WhichProxy_IsAnsweredWithTheLineThatDecides(string url, string sentence)
    {
        using HttpClient browser = _portal.Browser();
        string page = WebUtility.HtmlDecode(await browser.GetStringAsync($"{PortalUrls.Connect}?url={Uri.EscapeDataString(url)}", Token));
        Assert.Contains(sentence, page, StringComparison.Ordinal);
        Assert.Contains("of the file decides:", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("http://exa mple/")]
    [InlineData("\u2028")]
    public async Task Question_WithoutAnAddress_IsAnsweredInWords(string url)
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await browser.GetAsync($"{PortalUrls.Connect}?url={Uri.EscapeDataString(url)}", Token);
        string page = await answer.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("of the file decides:", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_WithASecretInIt_IsAskedAgainWithoutIt()
    {
        using HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await browser.GetAsync($"{PortalUrls.Connect}?url={Uri.EscapeDataString("https://alice:canary-secret@www.example.org/")}", Token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith($"{PortalUrls.Connect}?url={Uri.EscapeDataString("https://www.example.org/")}", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-secret", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portal_WithoutPublicEndpoints_SaysSo_AndItsPacGoesStraight()
    {
        await using PortalHost empty = await PortalHost.StartAsync();
        using HttpClient browser = empty.Browser();
        Assert.Contains("Nothing is published for everyone", await browser.GetStringAsync(PortalUrls.Connect, Token), StringComparison.Ordinal);
        Assert.Contains("return \"DIRECT\";", await browser.GetStringAsync(PortalUrls.ProxyPac, Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "open", HttpStatusCode.OK)]
    [InlineData(null, "OPEN/curl", HttpStatusCode.OK)]
    [InlineData(null, "open/no-such-client", HttpStatusCode.NotFound)]
    [InlineData(null, "inside", HttpStatusCode.NotFound)]
    [InlineData(null, "only-a/curl", HttpStatusCode.NotFound)]
    [InlineData("anna", "only-a/curl", HttpStatusCode.OK)]
    [InlineData("anna", "only-b/curl", HttpStatusCode.NotFound)]
    [InlineData("anna", "no-such/curl", HttpStatusCode.NotFound)]
    public async Task Client_OfAnEndpointThatOneMayNotKnow_IsNotThere(string? userId, string path, HttpStatusCode status)
    {
        using HttpClient browser = userId is null ? _portal.Browser() : await SignedInAsync(userId);
        using HttpResponseMessage answer = await browser.GetAsync($"{PortalUrls.Connect}/{path}", Token);
        string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status is HttpStatusCode.OK && path.EndsWith("curl", StringComparison.Ordinal), page.Contains("YOUR-SECRET", StringComparison.Ordinal));
        foreach (string host in (string[])["inside.example.test", "b.example.test"])
            Assert.DoesNotContain(host, page, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> JsonAsync(HttpClient browser)
    {
        using var document = JsonDocument.Parse(await browser.GetStringAsync(PortalUrls.ConnectJson, Token));
        Assert.Equal(1, document.RootElement.GetProperty("version").GetInt32());
        return document.RootElement.Clone();
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient browser, string path, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(tag);
        return await browser.SendAsync(request, Token);
    }

    private async Task<HttpClient> SignedInAsync(string userId)
    {
        HttpClient browser = _portal.Browser();
        using HttpResponseMessage answer = await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", userId), ("password", PortalHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }
}
